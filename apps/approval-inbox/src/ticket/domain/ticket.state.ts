import type { ApprovalEvent, ApprovalRequest, EnvironmentType, TicketView } from '@slipway/contracts';
import type { AggregateType } from '@slipway/event-sourcing';

/** What is asked, by whom, about what: fixed when the ticket is opened. */
export interface TicketFacts {
  readonly id: string;
  readonly projectId: string;
  readonly teamId: string;
  readonly environmentId: string;
  readonly request: ApprovalRequest;
  readonly releaseId: string;
  readonly previewRef: string;
  readonly serviceName: string;
  readonly environmentName: string;
  readonly environmentType: EnvironmentType;
  readonly artifactVersion: string;
  readonly requestedBy: string;
  readonly requestedByType: 'human' | 'agent' | 'service';
  readonly previewedBy: string;
  readonly requestedAt: string;
}
export type TicketAction = TicketView['actions'][number];

interface Opened {
  readonly facts: TicketFacts;
  /** Who has approved so far, in order. */
  readonly approvedBy: readonly string[];
  readonly actions: readonly TicketAction[];
  readonly version: number;
}
export type PendingTicket = Opened & { readonly phase: 'pending' };
export type DecidedTicket = Opened & {
  readonly phase: 'approved' | 'rejected' | 'expired' | 'voided';
  readonly decidedAt: string;
  readonly decidedBy: readonly string[];
};
export type OpenedTicket = PendingTicket | DecidedTicket;
export type Ticket = { readonly phase: 'absent' } | OpenedTicket;

const ignore = <S>(_event: never, state: S): S => state;

function evolve(ticket: Ticket, event: ApprovalEvent): Ticket {
  if (event.action === 'approval.opened') return opened(event);
  if (ticket.phase !== 'pending') return ticket;
  const next = { ...ticket, actions: [...ticket.actions, actionOf(event)], version: event.aggregate_version };
  switch (event.action) {
    case 'approval.reviewed':
      return { ...next, approvedBy: [...ticket.approvedBy, event.detail.reviewer] };
    case 'approval.approved': {
      const decidedBy = event.detail.approved_by;
      return { ...next, phase: 'approved', approvedBy: decidedBy, decidedBy, decidedAt: event.occurred_at };
    }
    case 'approval.rejected':
      return { ...next, phase: 'rejected', decidedBy: [event.detail.rejected_by], decidedAt: event.occurred_at };
    case 'approval.expired':
      return { ...next, phase: 'expired', decidedBy: [], decidedAt: event.occurred_at };
    case 'approval.voided':
      return { ...next, phase: 'voided', decidedBy: [], decidedAt: event.occurred_at };
    default:
      return ignore(event, ticket);
  }
}

function opened(event: Extract<ApprovalEvent, { action: 'approval.opened' }>): PendingTicket {
  const { detail } = event;
  return {
    phase: 'pending',
    facts: {
      id: event.resource_id,
      projectId: event.project_id,
      teamId: event.team_id,
      environmentId: event.environment_id,
      request: detail.request,
      releaseId: detail.release_id,
      previewRef: detail.preview_ref,
      serviceName: detail.service_name,
      environmentName: detail.environment_name,
      environmentType: detail.environment_type,
      artifactVersion: detail.artifact_version,
      requestedBy: detail.requested_by,
      requestedByType: detail.requested_by_type,
      previewedBy: detail.previewed_by ?? detail.requested_by,
      requestedAt: detail.requested_at,
    },
    approvedBy: [],
    actions: [actionOf(event)],
    version: event.aggregate_version,
  };
}

/** One line of the ticket's history. */
export function actionOf(event: ApprovalEvent): TicketAction {
  const { detail } = event;
  const action = event.action.slice('approval.'.length) as TicketAction['action'];
  const comment = 'comment' in detail ? detail.comment : 'why' in detail ? detail.why : null;
  return { action, actor_id: event.actor_id, actor_type: event.actor_type, comment, at: event.occurred_at };
}

/** One approval request in the global inbox. */
export const TicketAggregate: AggregateType<Ticket, ApprovalEvent> = { type: 'approval', initial: { phase: 'absent' }, evolve };
