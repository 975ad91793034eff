import type { ActorType, EnvironmentPolicy, GroupDraft, GroupSubject, NewGroupEvent, PreviewView } from '@slipway/contracts';
import { clip } from '../../release/domain/clip';
import { asksForTicket } from '../../release/domain/draft/approval.need';
import { asksForMore } from '../../release/domain/rejudge.decider';
import { needsTicket } from '../../release/domain/rollback.decider';
import type { GroupFacts } from './group.facts';
import { notApplicable, notCancellable, previewExpired, previewRequired, quotedAnother, rollbackUnavailable } from './group.errors';
import { applyRequest, rollbackRequest, type AskedBy, type PolicyInForce } from './group.request';
import { emit, type Group } from './group.state';

type Events = NewGroupEvent[];

export interface PreviewedGroup {
  readonly subject: GroupSubject;
  readonly draft: GroupDraft;
  readonly previewRef: string;
  readonly teamId: string;
}

/** The draft, once. */
export function previewGroup({ subject, draft, previewRef, teamId }: PreviewedGroup, group: Group): Events {
  if (group) return [];
  const environmentId = subject.environment_id;
  return [{ action: 'group.previewed', status: 'previewed', environmentId, teamId, previewRef, detail: { subject, draft } }];
}

/**
 * Whether an apply that quotes `previewRef` now has something to do; its members are then still to be looked at. False: it was
 * applied for already.
 * @throws SlipwayError `preview_required`, `preview_mismatch`, `preview_expired`, `group_not_applicable`
 */
export function isApplicable(quoted: string | undefined, now: string, group: GroupFacts): boolean {
  const { group_id, preview_ref, status, draft } = group;
  if (!quoted) throw previewRequired(group_id);
  if (quoted !== preview_ref) throw quotedAnother(group_id, quoted, preview_ref);
  if (status === 'pending_approval' || status === 'approved' || status === 'applying') return false;
  if (status === 'expired') throw previewExpired(group_id, draft.expires_at);
  if (status !== 'previewed') throw notApplicable(group_id, status);
  if (now >= draft.expires_at) throw previewExpired(group_id, draft.expires_at);
  return true;
}

export interface ApplyGroup extends AskedBy {
  readonly actorType: ActorType;
  readonly inForce: PolicyInForce;
  readonly drafts: readonly Pick<PreviewView, 'service_name' | 'preview'>[];
}

/** Every member may begin (`requireApplicable`): one ticket for all, or none where policy asks for none. */
export function applyGroup(command: ApplyGroup, group: GroupFacts): Events {
  if (asksForTicket(group.draft.approval, command.inForce.policy, command.actorType)) {
    return emit(group, 'group.approval_requested', 'pending_approval', applyRequest(group, command.drafts, command.inForce, command));
  }
  return emit(group, 'group.approved', 'approved', {
    automatic: true,
    ticket_id: null,
    approved_by: [],
    rule: group.draft.approval.rule,
    apply_requested_by: command.actorId,
    requested_by_type: command.actorType,
  });
}

/** @throws SlipwayError `group_not_cancellable` */
export function cancelGroup(reason: string | null, group: GroupFacts): Events {
  if (group.asked !== null) return withdraw('cancelled', reason ? `the group was cancelled: ${reason}` : 'the group was cancelled', group);
  switch (group.status) {
    case 'previewed':
      return emit(group, 'group.cancelled', 'cancelled', { reason });
    case 'approved':
    case 'applying':
      return group.cancel_requested ? [] : emit(group, 'group.cancel_requested', group.status, { reason });
    case 'cancelled':
      return [];
    default:
      throw notCancellable(group.group_id, group.status);
  }
}

/** The ticket is needed no more. Of a rollback: the group stays as it is; of an apply: the group ends. */
export function withdraw(cause: 'cancelled' | 'superseded', why: string, group: GroupFacts): Events {
  if (group.asked === null || group.approval_ticket === null) return [];
  const status = group.asked?.act === 'rollback' ? group.status : cause;
  return emit(group, 'group.approval_withdrawn', status, { ticket_id: group.approval_ticket, cause, why: why.slice(0, 300) });
}

/**
 * A rollback that waits ends when there is no way back for the group any more (`stuck` says why), or when the policy asks its approvers
 * for something else; an apply ends with its members, which are rejudged.
 */
export function rejudgeGroup(policy: EnvironmentPolicy, stuck: string | null, group: Group): Events {
  if (group?.asked?.act !== 'rollback') return [];
  if (stuck !== null) return withdrawStuck(stuck, group);
  if (!asksForMore(policy, group.environment_name, group.asked)) return [];
  const why = `the policy of ${group.environment_name} changed and asks for another approval of rollbacks; ask for it again`;
  return withdraw('superseded', why, group);
}

const withdrawStuck = (stuck: string, group: GroupFacts): Events =>
  withdraw('superseded', `the group cannot go back any more: ${stuck}`, group);

export interface Grant {
  readonly ticketId: string;
  readonly contentRef: string;
  readonly approvedBy: readonly string[];
  /** Why there is no way back for the group any more, for its rollback; null: there is. */
  readonly stuck: string | null;
}

/** An approval counts for the ticket and the draft it was given for, and for nothing else. */
export function grant({ ticketId, contentRef, approvedBy, stuck }: Grant, group: Group): Events {
  if (!group || group.asked === null || group.approval_ticket !== ticketId) return [];
  const approved_by = [...approvedBy];
  if (group.asked?.act === 'rollback' && stuck !== null) return withdrawStuck(stuck, group);
  if (group.asked?.act === 'rollback') return rollBack({ automatic: false, ticket_id: ticketId, approved_by, ...askedFor(group) }, group);
  if (contentRef !== group.preview_ref) return [];
  const rule = clip(group.asked?.rule ?? group.draft.approval.rule, 300);
  const by = { apply_requested_by: group.requested_by, requested_by_type: group.requested_by_type };
  return emit(group, 'group.approved', 'approved', { automatic: false, ticket_id: ticketId, approved_by, rule, ...by });
}

export interface Refusal {
  readonly ticketId: string;
  readonly why: 'rejected' | 'expired';
  readonly by: string | null;
  readonly comment: string | null;
  readonly at: string;
}

export function refuse({ ticketId, why, by, comment, at }: Refusal, group: Group): Events {
  if (!group || group.asked === null || group.approval_ticket !== ticketId) return [];
  if (group.asked?.act === 'rollback')
    return emit(group, 'group.rollback_rejected', group.status, { ticket_id: ticketId, why, by, comment });
  return why === 'expired'
    ? emit(group, 'group.expired', 'expired', { what: 'ticket', expired_at: at })
    : emit(group, 'group.rejected', 'rejected', { ticket_id: ticketId, rejected_by: by ?? '', comment });
}

export function expireGroup(now: string, group: Group): Events {
  if (group?.status !== 'previewed' || now < group.draft.expires_at) return [];
  return emit(group, 'group.expired', 'expired', { what: 'preview', expired_at: group.draft.expires_at });
}

export interface RollBackGroup extends AskedBy {
  readonly actorType: ActorType;
  readonly reason: string | null;
  readonly inForce: PolicyInForce;
  readonly warnings: readonly string[];
}

/**
 * Whether a rollback that is asked for now has something to do; false: it is under way, or asked for already.
 * @throws SlipwayError `rollback_unavailable`
 */
export function mayRollBack(group: GroupFacts): boolean {
  if (group.status === 'rolling_back' || group.asked?.act === 'rollback') return false;
  if (group.status === 'applied' || group.status === 'failed' || group.status === 'rollback_failed') return true;
  const running = group.status === 'approved' || group.status === 'applying';
  throw rollbackUnavailable(
    group.group_id,
    running ? 'it is still being applied; cancel it instead.' : `it is ${group.status} and does not run.`,
  );
}

/** A person takes all of it back, with a ticket where policy asks for one. */
export function rollBackGroup(command: RollBackGroup, group: GroupFacts): Events {
  const { reason, actorId, warnings } = command;
  if (!needsTicket(command.inForce.policy, command.actorType))
    return rollBack({ automatic: false, reason, requested_by: actorId, ticket_id: null, approved_by: [] }, group);
  return emit(group, 'group.approval_requested', group.status, rollbackRequest(group, { reason, warnings }, command.inForce, command));
}

type RollingBack = Extract<NewGroupEvent, { action: 'group.rolling_back' }>['detail'];

/** All members, the last applied first. */
export function rollBack(detail: Omit<RollingBack, 'release_ids'>, group: GroupFacts): Events {
  const release_ids = group.draft.members.map(({ release_id }) => release_id).reverse();
  return emit(group, 'group.rolling_back', 'rolling_back', { ...detail, release_ids });
}

const askedFor = ({ rollback }: GroupFacts): Pick<RollingBack, 'reason' | 'requested_by'> => ({
  reason: rollback?.reason ?? null,
  requested_by: rollback?.requested_by ?? '',
});
