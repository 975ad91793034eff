import type { GroupView, TimelineEntry } from '../api/client';
import type { Travelled } from '../release/stages';

/** What goes together, in a line: `backend 2 + storefront 3`. */
export const groupTitle = ({ members }: Pick<GroupView, 'members'>): string =>
  members.map(({ service_name: service, artifact_version: version }) => `${service} ${version}`).join(' + ');

/** How far a group is: members that run what it brought, of all. */
export const groupProgress = ({ members }: Pick<GroupView, 'members'>): { done: number; all: number } => ({
  done: members.filter(({ status }) => status === 'applied').length,
  all: members.length,
});

/** The group as what travels the lifecycle; its members' executions are theirs. */
export const asTravelled = (group: GroupView): Travelled => ({
  status: group.status,
  approval_required: group.approval_required,
  paused: false,
  execution_id: group.members.some(({ status }) => !['previewed', 'pending_approval'].includes(status)) ? group.group_id : null,
  rollback: group.rollback,
});

/** The entries of one member in the group's timeline: its own, and those of its executions. */
export function entriesOf(entries: readonly TimelineEntry[], releaseId: string): TimelineEntry[] {
  const executions = new Set(
    entries.flatMap(({ resource_type: type, resource_id: id, detail }) =>
      type === 'execution' && detail['release_id'] === releaseId ? [id] : [],
    ),
  );
  return entries.filter(({ resource_id: id }) => id === releaseId || executions.has(id));
}
