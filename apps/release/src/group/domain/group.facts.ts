import type { ApprovalRequest, GroupDraft, GroupEvent, GroupView } from '@slipway/contracts';

/** What is known of a release group, flat: its state, the row of the read model, and the source of every response. */
export type GroupFacts = Omit<GroupView, 'lifecycle_state' | 'members' | 'risk'> & {
  readonly team_id: string;
  readonly previewed_by: string;
  readonly draft: GroupDraft;
  /** What `approval_ticket` asks, while it waits to be decided; null: nobody is asked. */
  readonly asked: ApprovalRequest | null;
};
type Previewed = Extract<GroupEvent, { action: 'group.previewed' }>;
type Later = Exclude<GroupEvent, Previewed>;
type Rollback = NonNullable<GroupFacts['rollback']>;

/** The facts after an event; null for an event of a group that was never previewed. */
export function factsAfter(before: GroupFacts | null, event: GroupEvent): GroupFacts | null {
  if (event.action === 'group.previewed') return previewed(event);
  if (!before) return null;
  const common = { version: event.aggregate_version, updated_at: event.occurred_at };
  // A group's statuses are those of a release; its decider writes no others.
  return { ...before, ...common, status: event.status as GroupFacts['status'], ...patchOf(before, event) };
}

function patchOf(before: GroupFacts, event: Later): Partial<GroupFacts> {
  const ended_at = event.occurred_at;
  switch (event.action) {
    case 'group.approval_requested':
      return asks(before, event);
    case 'group.approval_withdrawn':
      return before.asked?.act === 'rollback' ? rollbackEnded(before, event, 'rejected') : { asked: null, expires_at: null, ended_at };
    case 'group.approved': {
      const { apply_requested_by, requested_by_type, approved_by, ticket_id } = event.detail;
      const by = { requested_by: apply_requested_by, requested_by_type, approved_by };
      return { ...by, approval_ticket: ticket_id, asked: null, expires_at: null };
    }
    case 'group.rejected':
    case 'group.expired':
    case 'group.cancelled':
      return { asked: null, expires_at: null, ended_at };
    case 'group.cancel_requested':
      return { cancel_requested: true };
    case 'group.applied':
      return { ended_at };
    case 'group.failed':
      return { diagnostics_json: event.detail.diagnostics, ended_at };
    case 'group.applying':
      return {};
    default:
      return rollbackPatchOf(before, event);
  }
}

type OfRollback = Extract<Later, { action: `group.roll${string}` }>;
function rollbackPatchOf(before: GroupFacts, event: OfRollback): Partial<GroupFacts> {
  switch (event.action) {
    case 'group.rollback_rejected':
      return rollbackEnded(before, event, 'rejected');
    case 'group.rolling_back': {
      const { automatic, requested_by, reason } = event.detail;
      const rollback: Rollback = {
        status: 'rolling_back',
        automatic,
        requested_by,
        reason,
        requested_at: event.occurred_at,
        ended_at: null,
      };
      return { rollback, asked: null, expires_at: null, ended_at: null };
    }
    case 'group.rolled_back':
      return { ...rollbackEnded(before, event, 'completed'), ended_at: event.occurred_at };
    case 'group.rollback_failed':
      return { ...rollbackEnded(before, event, 'failed'), ended_at: event.occurred_at, diagnostics_json: event.detail.diagnostics };
    default:
      return unknown(event);
  }
}

/** An event type of a later version of the platform changes nothing that is known here. */
const unknown = (_event: never): Partial<GroupFacts> => ({});

function asks(before: GroupFacts, event: Extract<GroupEvent, { action: 'group.approval_requested' }>): Partial<GroupFacts> {
  const { approval, requested_by, proposal } = event.detail;
  const ticket = { approval_required: true, approval_ticket: approval.ticket_id, expires_at: approval.expires_at };
  if (approval.act === 'apply') return { ...ticket, asked: approval, requested_by, requested_by_type: event.actor_type };
  // What was asked for travels in the proposal; the contract of the inbox has no member for it.
  const reason = typeof proposal['reason'] === 'string' ? proposal['reason'] : null;
  const requested = { requested_by, reason, requested_at: event.occurred_at, ended_at: null };
  return {
    ...ticket,
    asked: approval,
    ended_at: before.ended_at,
    rollback: { status: 'pending_approval', automatic: false, ...requested },
  };
}

function rollbackEnded(before: GroupFacts, { occurred_at }: Later, status: Rollback['status']): Partial<GroupFacts> {
  return { asked: null, expires_at: null, rollback: before.rollback && { ...before.rollback, status, ended_at: occurred_at } };
}

function previewed(event: Previewed): GroupFacts {
  const { subject, draft } = event.detail;
  return {
    group_id: event.resource_id,
    project_id: event.project_id,
    team_id: event.team_id,
    ...subject,
    status: 'previewed',
    approval_required: draft.approval.required,
    approval_ticket: null,
    asked: null,
    preview_ref: event.preview_ref ?? '',
    draft,
    diagnostics_json: null,
    requested_by: event.actor_id,
    requested_by_type: event.actor_type,
    previewed_by: event.actor_id,
    approved_by: [],
    cancel_requested: false,
    rollback: null,
    expires_at: draft.expires_at,
    previewed_at: event.occurred_at,
    updated_at: event.occurred_at,
    ended_at: null,
    version: event.aggregate_version,
  };
}
