import type {
  AggregateRef,
  ApprovalPlan,
  ApprovalRequested,
  ApprovalWithdrawn,
  EventEnvelope,
  ReleaseEvent,
  WithdrawalCause,
} from '@slipway/contracts';
import type { AggregateType } from '@slipway/event-sourcing';
import { evolveRelease, type Drafted } from './release-requests';
import type { OpenTicket } from './ticket.decider';

/** One approval that a resource has asked for. */
export interface AskedTicket {
  readonly open: OpenTicket;
  readonly plan: ApprovalPlan;
  /** The event that asked: what the opening of the ticket is derived from. */
  readonly cause: Pick<EventEnvelope, 'event_id' | 'correlation_id' | 'team_id'>;
  /** Why its owner needs it no more; null while it does. */
  readonly withdrawn: { readonly cause: WithdrawalCause; readonly why: string } | null;
}

/** What the inbox needs to know of a resource that asks: read from its own events, which alone say it. */
export interface Requests {
  readonly asked: Readonly<Record<string, AskedTicket>>;
  /** Of a release: what was previewed. */
  readonly drafted: Drafted | null;
}

/** Every type but the release asks through the published contract (docs/approvals.md); a release's own events ask by themselves. */
function evolve(requests: Requests, event: EventEnvelope): Requests {
  if (event.resource_type === 'release') return evolveRelease(requests, event as ReleaseEvent);
  if (event.action === `${event.resource_type}.approval_requested`) return requested(requests, event);
  // The log holds only what its schema allows: of this action, a withdrawal.
  if (event.action === `${event.resource_type}.approval_withdrawn`) return taken(requests, event.detail as unknown as ApprovalWithdrawn);
  return requests;
}

function requested(requests: Requests, event: EventEnvelope): Requests {
  // The log holds only what its schema allows: of this action, a request.
  const detail = event.detail as unknown as ApprovalRequested;
  const { event_id, correlation_id, team_id } = event;
  const open: OpenTicket = {
    environmentId: event.environment_id,
    teamId: team_id,
    previewRef: detail.content_ref,
    detail: {
      request: detail.approval,
      resource_type: event.resource_type,
      resource_id: event.resource_id,
      release_id: null,
      preview_ref: detail.content_ref,
      service_name: null,
      environment_name: detail.environment_name,
      environment_type: detail.environment_type,
      artifact_version: null,
      requested_by: detail.requested_by,
      ...(detail.previewed_by === undefined ? {} : { previewed_by: detail.previewed_by }),
      requested_by_type: event.actor_type,
      requested_at: event.occurred_at,
    },
  };
  const asked: AskedTicket = { open, plan: detail.plan, cause: { event_id, correlation_id, team_id }, withdrawn: null };
  return { ...requests, asked: { ...requests.asked, [detail.approval.ticket_id]: asked } };
}

function taken(requests: Requests, { ticket_id, cause, why }: ApprovalWithdrawn): Requests {
  const asked = requests.asked[ticket_id];
  if (!asked || asked.withdrawn) return requests;
  return { ...requests, asked: { ...requests.asked, [ticket_id]: { ...asked, withdrawn: { cause, why } } } };
}

const INITIAL: Requests = { asked: {}, drafted: null };

/** A resource as the inbox sees it; its owner alone writes its events. */
export const requestsOf = (type: AggregateRef['type']): AggregateType<Requests, EventEnvelope> => ({ type, initial: INITIAL, evolve });
