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

const RAN: readonly GroupView['status'][] = [
  'applying',
  'verifying',
  'applied',
  'failed',
  'rolling_back',
  'rolled_back',
  'rollback_failed',
];
/** The group as what travels the lifecycle; its members' executions are theirs. */
export const asTravelled = (group: GroupView): Travelled => ({
  status: group.status,
  approval_required: group.approval_required,
  approval_ticket: group.approval_ticket,
  paused: false,
  execution_id: group.members.some(({ status }) => RAN.includes(status)) ? group.group_id : null,
  rollback: group.rollback,
});

/** Which release each execution and slot in a group's timeline belongs to. */
function ownersOf(entries: readonly TimelineEntry[]): Map<string, string> {
  return new Map(
    entries.flatMap(({ resource_type: type, resource_id: id, detail }): [string, string][] => {
      const release = detail['release_id'];
      return (type === 'execution' || type === 'slot') && typeof release === 'string' ? [[id, release]] : [];
    }),
  );
}

/** The entries of one member in the group's timeline: its own, and those of its executions. */
export function entriesOf(entries: readonly TimelineEntry[], releaseId: string): TimelineEntry[] {
  const owners = ownersOf(entries);
  return entries.filter(({ resource_id: id }) => id === releaseId || owners.get(id) === releaseId);
}

/** Names the service that an entry of the group's timeline is about; nothing for the group's own. */
export function whoseOf({ members }: Pick<GroupView, 'members'>, entries: readonly TimelineEntry[]) {
  const owners = ownersOf(entries);
  const names = new Map(members.map(({ release_id: id, service_name: name }) => [id, name]));
  return ({ resource_id: id }: TimelineEntry): string | undefined => names.get(owners.get(id) ?? id);
}
