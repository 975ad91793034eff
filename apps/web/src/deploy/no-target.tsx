import { Link } from '@tanstack/react-router';

/** An environment without an endpoint, and where one is made. */
export const NoTarget = ({ environment }: { environment: string }) => (
  <>
    It has no target yet;{' '}
    <Link to="/environments" search={{ environment }} className="panel-link">
      make one
    </Link>
  </>
);
