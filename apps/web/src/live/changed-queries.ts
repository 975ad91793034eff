import type { AuditEvent, TimelineEntry } from '../api/client';

type Fact = Pick<AuditEvent, 'resource_type' | 'resource_id' | 'action' | 'detail' | 'position'>;

const idIn = (event: Fact, member: string): string | undefined => {
  const id = event.detail[member];
  return typeof id === 'string' ? id : undefined;
};

/** Which queries an event has made old, as prefixes of their keys. */
export function changedBy(event: Fact): (readonly string[])[] {
  const id = event.resource_id;
  switch (event.resource_type) {
    case 'release':
      return [['releases'], ['release', id], ['record', id], ...(event.action === 'release.rollback_requested' ? [['tickets']] : [])];
    case 'group':
      return [['groups'], ['group', id], ['tickets']];
    case 'approval':
      return [['tickets'], ['ticket', id], ...naming(event, 'release'), ...ofGroup(event)];
    case 'execution':
      return [['lock'], ...naming(event, 'release'), ...(event.action === 'execution.succeeded' ? [['slots']] : [])];
    case 'slot':
      return [['slots'], ['slot-status', id]];
    case 'account':
    case 'token':
    case 'role':
    case 'binding':
    case 'team':
      return [['access']];
    case 'gate':
      return [['gate']];
    case 'subscription':
    case 'contact':
      return [['notifications']];
    case 'intent':
      return [['intents']];
    case 'environment':
      return [['environments'], ['environment', id]];
    case 'target':
    case 'service':
    case 'artifact':
    case 'project':
      return [[`${event.resource_type}s`]];
    default:
      return [];
  }
}

function naming(event: Fact, kind: string): string[][] {
  const id = idIn(event, `${kind}_id`);
  return id === undefined ? [] : [[kind, id]];
}

/** The group that a ticket is about, where it is about one. */
const ofGroup = (event: Fact): string[][] =>
  event.detail['resource_type'] === 'group' ? [['group', idIn(event, 'resource_id') ?? '']] : [];

/** Whether a new event belongs to a release's timeline, told from what is there so far. */
export function joinsTimeline(entries: readonly TimelineEntry[], releaseId: string, event: Fact): boolean {
  if (entries.some(({ position }) => position === event.position)) return false;
  if (event.resource_id === releaseId) return true;
  const named = [idIn(event, 'release_id'), idIn(event, 'from_release_id')];
  switch (event.resource_type) {
    case 'approval':
    case 'execution':
      return named.includes(releaseId) || (named[0] === undefined && entries.some(({ resource_id: id }) => id === event.resource_id));
    case 'slot':
      return named.includes(releaseId);
    default:
      return false;
  }
}

/** Whether a new event belongs to a group's timeline: its own, its ticket's, or one of a member's. */
export function joinsGroupTimeline(
  entries: readonly TimelineEntry[],
  groupId: string,
  members: readonly { readonly release_id: string }[],
  event: Fact,
): boolean {
  if (entries.some(({ position }) => position === event.position)) return false;
  if (event.resource_id === groupId || event.detail['resource_id'] === groupId) return true;
  return members.some(({ release_id: id }) => joinsTimeline(entries, id, event));
}
