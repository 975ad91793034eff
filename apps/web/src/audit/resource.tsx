import { Link } from '@tanstack/react-router';
import type { AuditEvent } from '../api/client';

/** What a fact is about, with the way to its page where it has one. */
export function Resource({ event: { resource_type: type, resource_id: id } }: { event: AuditEvent }) {
  const shown = <code>{id}</code>;
  switch (type) {
    case 'release':
      return (
        <Link to="/releases/$id" params={{ id }}>
          {shown}
        </Link>
      );
    case 'group':
      return (
        <Link to="/groups/$id" params={{ id }}>
          {shown}
        </Link>
      );
    case 'approval':
      return (
        <Link to="/inbox" search={{ tab: 'all', ticket: id }}>
          {shown}
        </Link>
      );
    default:
      return shown;
  }
}
