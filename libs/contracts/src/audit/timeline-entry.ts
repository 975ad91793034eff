import type { EventEnvelope } from '../platform/envelope';
import type { AuditEvent, TimelineEntry } from './audit.dto';
import { summarise } from './timeline-summary';

/** The event as timelines show it: the JSON timeline, the audit log and the server-sent events share this mapping. */
export const timelineEntry = (position: number, event: EventEnvelope): TimelineEntry => ({
  position,
  event_id: event.event_id,
  action: event.action,
  resource_type: event.resource_type,
  resource_id: event.resource_id,
  status: event.status,
  summary: summarise(event),
  actor_id: event.actor_id,
  actor_type: event.actor_type,
  source: event.source,
  occurred_at: event.occurred_at,
  detail: event.detail,
  ...(event.on_behalf_of === undefined ? {} : { on_behalf_of: event.on_behalf_of }),
  ...(event.conversation_id === undefined ? {} : { conversation_id: event.conversation_id }),
});

export const auditEvent = (position: number, event: EventEnvelope): AuditEvent => ({
  ...timelineEntry(position, event),
  project_id: event.project_id,
  team_id: event.team_id,
  environment_id: event.environment_id,
  correlation_id: event.correlation_id,
  causation_id: event.causation_id,
  preview_ref: event.preview_ref ?? null,
});

/** Types of resources whose events can belong to the timeline of a release or of a release group. */
export const TIMELINE_TYPES = ['release', 'approval', 'execution', 'slot', 'intent', 'group'] as const;

const idIn = (event: EventEnvelope, member: string): string[] => {
  const id = event.detail[member];
  return typeof id === 'string' ? [id] : [];
};

/** A ticket that a group asked for says so by its resource. */
const groupAsking = (event: EventEnvelope): string[] => (event.detail['resource_type'] === 'group' ? idIn(event, 'resource_id') : []);

/**
 * Releases, or release groups, to whose timeline the event belongs, as far as it names them itself. Later events of an execution or a ticket
 * may name none: they belong where that resource's first event belongs.
 */
export function releasesNamedBy(event: EventEnvelope): string[] {
  switch (event.resource_type) {
    case 'release':
    case 'group':
      return [event.resource_id];
    case 'approval':
      return [...idIn(event, 'release_id'), ...groupAsking(event)];
    case 'execution':
    case 'intent':
      return idIn(event, 'release_id');
    case 'slot':
      return [...new Set([...idIn(event, 'from_release_id'), ...idIn(event, 'release_id')])];
    default:
      return [];
  }
}

/** Releases of a group, as its preview says; of any other event none. */
export function releasesGroupedBy({ action, detail }: Pick<TimelineEntry, 'action' | 'detail'>): string[] {
  if (action !== 'group.previewed') return [];
  const { draft } = detail as { draft?: { members?: readonly { release_id: string }[] } };
  return (draft?.members ?? []).map(({ release_id }) => release_id);
}

/** Tells, event by event in the order of the log, which belong to one release, or to one release group and its members. */
export class ReleaseMembership {
  private readonly resources = new Set<string>();
  private readonly owners: Set<string>;

  /** @param id of the release or of the group. */
  constructor(id: string) {
    this.owners = new Set([id]);
  }

  includes(event: EventEnvelope): boolean {
    const named = releasesNamedBy(event);
    if (named.length === 0) return this.resources.has(event.resource_id);
    if (!named.some((id) => this.owners.has(id))) return false;
    if (event.resource_type !== 'slot') this.resources.add(event.resource_id);
    return true;
  }

  /** Takes in an entry that is known to belong, e.g. from the timeline read so far. */
  remember(entry: Pick<TimelineEntry, 'resource_type' | 'resource_id' | 'action' | 'detail'>): void {
    for (const id of releasesGroupedBy(entry)) this.owners.add(id);
    if (entry.resource_type !== 'slot') this.resources.add(entry.resource_id);
  }
}
