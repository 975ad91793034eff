import { IconFolder } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { projectsQuery } from '../api/queries';
import { LinkButton } from '../display/link-button';
import { Empty, Rows } from '../display/page';
import { Problem } from '../display/problem';

/** Where a view needs a project: on its way, or none there yet, and where one is created. */
export function NoProject() {
  const { data, error, refetch } = useQuery(projectsQuery);
  if (error && !data) return <Problem error={error} what="The projects could not be read" onRetry={() => void refetch()} />;
  if (!data || data.length > 0) return <Rows />;
  return (
    <Empty
      icon={IconFolder}
      title="No project yet"
      action={
        <LinkButton to="/settings" search={{ tab: 'projects' }} size="xs" mt="xs">
          Go to the projects
        </LinkButton>
      }
    >
      A project holds services and the environments they run in.
    </Empty>
  );
}
