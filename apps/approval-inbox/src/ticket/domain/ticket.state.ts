import type { ApprovalEvent, ApprovalRequest, EnvironmentType, Priority, TicketView, WithdrawalCause } from '@slipway/contracts';
import type { AggregateType } from '@slipway/event-sourcing';

/** What is asked, by whom, about what: fixed when the ticket is opened. */
export interface TicketFacts {
  readonly id: string;
  readonly projectId: string;
  readonly teamId: string;
  readonly environmentId: string;
  readonly request: ApprovalRequest;
  readonly resourceType: string;
  readonly resourceId: string;
  readonly releaseId: string | null;
  readonly previewRef: string;
  readonly serviceName: string | null;
  readonly environmentName: string | null;
  readonly environmentType: EnvironmentType | null;
  readonly artifactVersion: string | null;
  readonly requestedBy: string;
  readonly requestedByType: 'human' | 'agent' | 'service';
  readonly previewedBy: string;
  readonly requestedAt: string;
}
export type TicketAction = TicketView['actions'][number];
export interface Delegation {
  readonly from: string;
  readonly to: string;
}
/** An approval: whose it is, and who gave it. The same, unless the one delegated to the other. */
export interface Vote {
  readonly of: string;
  readonly by: string;
}
export interface Escalation {
  readonly at: string;
  readonly priority: Priority;
  readonly toRole: string | null;
}

interface Opened {
  readonly facts: TicketFacts;
  /** Who has approved so far, in order. */
  readonly approvedBy: readonly string[];
  /** Whose approvals are given while others are awaited. */
  readonly votes: readonly Vote[];
  readonly assignee: string | null;
  readonly delegations: readonly Delegation[];
  readonly mentions: readonly string[];
  readonly reminded: boolean;
  readonly escalation: Escalation | null;
  readonly actions: readonly TicketAction[];
  readonly version: number;
}
export type PendingTicket = Opened & { readonly phase: 'pending' };
export type DecidedTicket = Opened & {
  readonly phase: 'approved' | 'rejected' | 'expired' | 'voided' | WithdrawalCause;
  readonly decidedAt: string;
  readonly decidedBy: readonly string[];
  readonly endedBecause: string | null;
};
export type OpenedTicket = PendingTicket | DecidedTicket;
export type Ticket = { readonly phase: 'absent' } | OpenedTicket;

const ignore = <S>(_event: never, state: S): S => state;

function evolve(ticket: Ticket, event: ApprovalEvent): Ticket {
  if (event.action === 'approval.opened') return opened(event);
  if (ticket.phase === 'absent') return ticket;
  const next = { ...ticket, actions: [...ticket.actions, actionOf(event)], version: event.aggregate_version };
  if (event.action === 'approval.commented') return { ...next, mentions: [...new Set([...next.mentions, ...event.detail.mentions])] };
  return next.phase === 'pending' ? follow(next, event) : ticket;
}

type Later = Exclude<ApprovalEvent, { action: 'approval.opened' | 'approval.commented' }>;

function follow(ticket: PendingTicket, event: Later): Ticket {
  const ended = { decidedBy: [], decidedAt: event.occurred_at, endedBecause: null };
  switch (event.action) {
    case 'approval.reviewed': {
      const { reviewer: by, in_place_of: of = by } = event.detail;
      return { ...ticket, approvedBy: [...ticket.approvedBy, by], votes: [...ticket.votes, { of, by }] };
    }
    case 'approval.approved': {
      const decidedBy = event.detail.approved_by;
      return { ...ticket, ...ended, phase: 'approved', approvedBy: decidedBy, decidedBy };
    }
    case 'approval.rejected':
      return { ...ticket, ...ended, phase: 'rejected', decidedBy: [event.detail.rejected_by] };
    case 'approval.expired':
      return { ...ticket, ...ended, phase: 'expired' };
    case 'approval.voided':
      return { ...ticket, ...ended, phase: event.detail.cause ?? 'voided', endedBecause: event.detail.why };
    case 'approval.assigned':
      return { ...ticket, assignee: event.detail.assignee };
    case 'approval.delegated':
      return { ...ticket, delegations: [...ticket.delegations, { from: event.detail.from, to: event.detail.to }] };
    case 'approval.reminded':
      return { ...ticket, reminded: true };
    case 'approval.escalated': {
      const { priority, to_role: toRole } = event.detail;
      return { ...ticket, escalation: { at: event.occurred_at, priority, toRole } };
    }
    default:
      return ignore(event, ticket);
  }
}

function opened(event: Opening): PendingTicket {
  return {
    phase: 'pending',
    facts: openedFacts(event),
    approvedBy: [],
    votes: [],
    assignee: null,
    delegations: [],
    mentions: [],
    reminded: false,
    escalation: null,
    actions: [actionOf(event)],
    version: event.aggregate_version,
  };
}

type Opening = Extract<ApprovalEvent, { action: 'approval.opened' }>;
type Detail = Opening['detail'];

export const openedFacts = (event: Opening): TicketFacts => ({
  id: event.resource_id,
  projectId: event.project_id,
  teamId: event.team_id,
  environmentId: event.environment_id,
  ...factsOf(event.detail),
});

/** Tickets opened by earlier versions name their release alone. */
export const factsOf = (detail: Detail): Omit<TicketFacts, 'id' | 'projectId' | 'teamId' | 'environmentId'> => ({
  request: detail.request,
  resourceType: detail.resource_type ?? 'release',
  resourceId: detail.resource_id ?? detail.release_id ?? '',
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
});

/** One line of the ticket's history. The platform opens a ticket; who asked for it is who did. */
export function actionOf(event: ApprovalEvent): TicketAction {
  const { detail } = event;
  const action = event.action.slice('approval.'.length) as TicketAction['action'];
  const comment = 'comment' in detail ? detail.comment : 'why' in detail ? detail.why : null;
  const opened = event.action === 'approval.opened';
  const actor_id = opened ? event.detail.requested_by : event.actor_id;
  const actor_type = opened ? event.detail.requested_by_type : event.actor_type;
  return { action, actor_id, actor_type, comment, people: peopleOf(event), at: event.occurred_at };
}

function peopleOf(event: ApprovalEvent): string[] {
  switch (event.action) {
    case 'approval.assigned':
      return event.detail.assignee === null ? [] : [event.detail.assignee];
    case 'approval.delegated':
      return [event.detail.to];
    case 'approval.commented':
      return event.detail.mentions;
    case 'approval.reviewed':
    case 'approval.approved':
      return event.detail.in_place_of === undefined ? [] : [event.detail.in_place_of];
    default:
      return [];
  }
}

/** One approval request in the global inbox. */
export const TicketAggregate: AggregateType<Ticket, ApprovalEvent> = { type: 'approval', initial: { phase: 'absent' }, evolve };
