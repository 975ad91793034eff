import type { ApprovalPlan, ApprovalRequest, Draft, EventOf, ReleaseEvent, ReleaseSubject, WithdrawalCause } from '@slipway/contracts';
import type { AskedTicket, Requests } from './requests.state';
import type { OpenTicket } from './ticket.decider';

/** What a preview fixed. */
export interface Drafted {
  readonly releaseId: string;
  readonly subject: ReleaseSubject;
  readonly draft: Draft;
  readonly previewRef: string;
  readonly previewedBy: string;
}
type Asked = EventOf<'release.pending_approval'> | EventOf<'release.rollback_requested'>;

/** Folds one event of a release: what it asks for, and what it needs no more. */
export function evolveRelease(requests: Requests, event: ReleaseEvent): Requests {
  if (event.action === 'release.previewed') {
    const { resource_id: releaseId, actor_id: previewedBy, preview_ref: previewRef = '', detail } = event;
    return { asked: {}, drafted: { releaseId, subject: detail.subject, draft: detail.draft, previewRef, previewedBy } };
  }
  const { drafted } = requests;
  if (!drafted) return requests;
  switch (event.action) {
    case 'release.pending_approval':
      return asks(requests, drafted, event, event.detail.approval, event.detail.apply_requested_by);
    case 'release.rollback_requested':
      return event.detail.approval ? asks(requests, drafted, event, event.detail.approval, event.detail.requested_by) : requests;
    case 'release.cancelled':
      return withdrawn(
        requests,
        'cancelled',
        event.detail.reason ? `the release was cancelled: ${event.detail.reason}` : 'the release was cancelled',
      );
    case 'release.superseded':
      return withdrawn(requests, 'superseded', event.detail.why ?? `release ${event.detail.by_release_id} took its place`);
    case 'release.expired':
      return withdrawn(requests, 'expired', event.detail.what === 'preview' ? 'its preview expired' : 'its ticket expired');
    case 'release.rollback_rejected':
      return rollbackEnded(requests, event.detail);
    default:
      return requests;
  }
}

/** A rollback that ended by its ticket's own end has nothing to withdraw. */
function rollbackEnded(requests: Requests, { why, comment, ticket_id }: EventOf<'release.rollback_rejected'>['detail']): Requests {
  if (why === 'cancelled') return withdrawn(requests, 'cancelled', 'the rollback was cancelled', ticket_id);
  return why === 'superseded' ? withdrawn(requests, 'superseded', comment ?? 'the policy changed', ticket_id) : requests;
}

function asks(requests: Requests, drafted: Drafted, event: Asked, request: ApprovalRequest, requestedBy: string): Requests {
  const { event_id, correlation_id, team_id } = event;
  const asked: AskedTicket = {
    open: openOf(drafted, event, request, requestedBy),
    plan: event.action === 'release.pending_approval' ? planOf(drafted.draft) : wayBack(event),
    cause: { event_id, correlation_id, team_id },
    withdrawn: null,
  };
  return { ...requests, asked: { ...requests.asked, [request.ticket_id]: asked } };
}

function openOf({ subject, previewRef, releaseId, previewedBy }: Drafted, event: Asked, request: ApprovalRequest, by: string): OpenTicket {
  const detail: OpenTicket['detail'] = {
    request,
    resource_type: 'release',
    resource_id: releaseId,
    release_id: releaseId,
    preview_ref: previewRef,
    service_name: subject.service_name,
    environment_name: subject.environment_name,
    environment_type: subject.environment_type,
    artifact_version: subject.artifact_version,
    requested_by: by,
    requested_by_type: event.actor_type,
    requested_at: event.occurred_at,
    ...(request.act === 'apply' && previewedBy !== by ? { previewed_by: previewedBy } : {}),
  };
  return { environmentId: subject.environment_id, teamId: event.team_id, previewRef, detail };
}

const planOf = ({ actions, diff, diff_truncated, checks }: Draft): ApprovalPlan => ({ actions, diff, diff_truncated, checks });

/** A rollback brings back what was stored; what stands in between is said as warnings. */
function wayBack({ detail }: EventOf<'release.rollback_requested'>): ApprovalPlan {
  const summary = `Bring ${detail.to_artifact_version} back from its stored draft: nothing is built, no data is changed`;
  const action = { ordinal: 1, verb: 'route', kind: 'release', name: detail.to_release_id, summary, one_way: false } as const;
  const checks = (detail.warnings ?? []).map((message) => ({ name: 'in-between', result: 'warn' as const, message }));
  return { actions: [action], diff: [], diff_truncated: false, checks };
}

function withdrawn(requests: Requests, cause: WithdrawalCause, why: string, ticketId?: string): Requests {
  const entries = Object.entries(requests.asked).map(([id, asked]) =>
    asked.withdrawn === null && (ticketId === undefined || ticketId === id)
      ? [id, { ...asked, withdrawn: { cause, why: why.slice(0, 300) } }]
      : [id, asked],
  );
  return { ...requests, asked: Object.fromEntries(entries) as Requests['asked'] };
}
