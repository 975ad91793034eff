import type { ApprovalEvent, EventOf } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import { openedFacts } from '../../domain/ticket.state';
import { askedView } from '../../domain/ticket.view';

export type TicketEvent = Recorded<ApprovalEvent>;

/** What events after the opening change of an item; null: as it was. Lists are added to what is there. */
export interface ItemChange {
  ticket_id: string;
  status: string;
  version: number;
  /** Stream position of the last of the events. */
  as_of: number;
  reviewers: readonly string[];
  /** Whose approvals they gave. */
  voted: readonly string[];
  /** All of them. */
  approved_by: readonly string[] | null;
  decided_at: string | null;
  decided_by: readonly string[] | null;
  ended_because: string | null;
  assigned: boolean;
  assignee: string | null;
  delegates: readonly string[];
  /** Who delegated, to the delegate at the same place. */
  delegators: readonly string[];
  mentions: readonly string[];
  reminded: boolean;
  escalated_at: string | null;
  escalated_to_role: string | null;
  priority: string | null;
}

/** One change per ticket, of all its events in a batch. */
export function changesOf(events: readonly TicketEvent[]): ItemChange[] {
  const changes = new Map<string, ItemChange>();
  for (const { event, position } of events) {
    if (event.action === 'approval.opened') continue;
    changes.set(event.resource_id, { ...changed(changes.get(event.resource_id), event), as_of: position });
  }
  return [...changes.values()];
}

type Change = Omit<ItemChange, 'as_of'>;
type Later = Exclude<ApprovalEvent, { action: 'approval.opened' }>;

function changed(before: Change | undefined, event: Later): Change {
  const { resource_id: ticket_id, status, aggregate_version: version, occurred_at: at } = event;
  const next = { ...(before ?? UNCHANGED), ticket_id, status, version };
  const ended = { ...next, decided_at: at, decided_by: [] };
  switch (event.action) {
    case 'approval.reviewed':
      return {
        ...next,
        reviewers: [...next.reviewers, event.detail.reviewer],
        voted: [...next.voted, event.detail.in_place_of ?? event.detail.reviewer],
      };
    case 'approval.approved':
      return { ...ended, approved_by: event.detail.approved_by, decided_by: event.detail.approved_by };
    case 'approval.rejected':
      return { ...ended, decided_by: [event.detail.rejected_by] };
    case 'approval.voided':
      return { ...ended, ended_because: event.detail.why };
    case 'approval.assigned':
      return { ...next, assigned: true, assignee: event.detail.assignee };
    case 'approval.delegated':
      return {
        ...next,
        delegates: [...next.delegates, event.detail.to],
        delegators: [...next.delegators, event.detail.from],
      };
    case 'approval.commented':
      return { ...next, mentions: [...next.mentions, ...event.detail.mentions] };
    case 'approval.reminded':
      return { ...next, reminded: true };
    case 'approval.escalated':
      return { ...next, escalated_at: at, escalated_to_role: event.detail.to_role, priority: event.detail.priority };
    case 'approval.expired':
      return ended;
    default:
      return unknown(event, next);
  }
}

/** An event type of a later version of the platform moves the version alone. */
const unknown = (_event: never, change: Change): Change => change;

const UNCHANGED: Change = {
  ticket_id: '',
  status: '',
  version: 0,
  reviewers: [],
  voted: [],
  approved_by: null,
  decided_at: null,
  decided_by: null,
  ended_because: null,
  assigned: false,
  assignee: null,
  delegates: [],
  delegators: [],
  mentions: [],
  reminded: false,
  escalated_at: null,
  escalated_to_role: null,
  priority: null,
};

/** `position`: of the event in the stream. */
export function itemOf(event: EventOf<'approval.opened'>, position: number) {
  const facts = openedFacts(event);
  return {
    ticket_id: facts.id,
    ...askedView(facts),
    priority: facts.request.priority,
    status: event.status,
    approvals: 0,
    approved_by: [],
    voted: [],
    decided_at: null,
    decided_by: [],
    version: event.aggregate_version,
    as_of: position,
    reminded: false,
    delegates: [],
    delegators: [],
    mentions: [],
  };
}
