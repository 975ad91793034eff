import type { ApprovalRequest, EventOf, ReleaseEvent, ReleaseSubject } from '@slipway/contracts';
import type { AggregateType } from '@slipway/event-sourcing';
import type { OpenTicket } from './ticket.decider';

/** One approval that a release has asked for. */
export interface ReleaseRequest {
  readonly request: ApprovalRequest;
  readonly requestedBy: string;
  readonly requestedByType: 'human' | 'agent' | 'service';
  readonly requestedAt: string;
  /** The event that asked: what the opening of the ticket is derived from. */
  readonly cause: Pick<ReleaseEvent, 'event_id' | 'correlation_id' | 'team_id'>;
  /** Why the release needs it no more; null while it does. */
  readonly voided: string | null;
}

/** What the inbox needs to know of a release: read from the release's own events, which alone say it. */
export type ReleaseRequests =
  | { readonly phase: 'absent' }
  | {
      readonly phase: 'drafted';
      readonly releaseId: string;
      readonly subject: ReleaseSubject;
      readonly previewRef: string;
      readonly previewedBy: string;
      readonly requests: Readonly<Record<string, ReleaseRequest>>;
    };
type Drafted = Extract<ReleaseRequests, { phase: 'drafted' }>;
type Asked = EventOf<'release.pending_approval'> | EventOf<'release.rollback_requested'>;

function evolve(release: ReleaseRequests, event: ReleaseEvent): ReleaseRequests {
  if (event.action === 'release.previewed') {
    const { resource_id: releaseId, actor_id: previewedBy, preview_ref: previewRef = '', detail } = event;
    return { phase: 'drafted', releaseId, subject: detail.subject, previewRef, previewedBy, requests: {} };
  }
  if (release.phase === 'absent') return release;
  switch (event.action) {
    case 'release.pending_approval':
      return asked(release, event, event.detail.approval, event.detail.apply_requested_by);
    case 'release.rollback_requested':
      return event.detail.approval ? asked(release, event, event.detail.approval, event.detail.requested_by) : release;
    case 'release.cancelled':
      return withdrawn(release, 'the release was cancelled');
    case 'release.superseded':
      return withdrawn(release, `release ${event.detail.by_release_id} took its place`);
    case 'release.expired':
      return withdrawn(release, event.detail.what === 'preview' ? 'its preview expired' : 'its ticket expired');
    case 'release.rollback_rejected':
      return event.detail.why === 'cancelled' ? withdrawn(release, 'the rollback was cancelled', event.detail.ticket_id) : release;
    default:
      return release;
  }
}

function asked(release: Drafted, event: Asked, request: ApprovalRequest, requestedBy: string): Drafted {
  const { event_id, correlation_id, team_id, occurred_at: requestedAt, actor_type: requestedByType } = event;
  const entry = { request, requestedBy, requestedByType, requestedAt, cause: { event_id, correlation_id, team_id }, voided: null };
  return { ...release, requests: { ...release.requests, [request.ticket_id]: entry } };
}

function withdrawn(release: Drafted, voided: string, ticketId?: string): Drafted {
  const entries = Object.entries(release.requests).map(([id, entry]) =>
    entry.voided === null && (ticketId === undefined || ticketId === id) ? [id, { ...entry, voided }] : [id, entry],
  );
  return { ...release, requests: Object.fromEntries(entries) as Drafted['requests'] };
}

/** A release as the inbox sees it; the release service alone writes these events. */
export const ReleaseRequestsAggregate: AggregateType<ReleaseRequests, ReleaseEvent> = {
  type: 'release',
  initial: { phase: 'absent' },
  evolve,
};

/** The ticket that a release asked for, ready to be opened; undefined if it asked for no such ticket. */
export function requestedTicket(release: ReleaseRequests, ticketId: string): (ReleaseRequest & { readonly open: OpenTicket }) | undefined {
  const entry = release.phase === 'drafted' ? release.requests[ticketId] : undefined;
  if (release.phase !== 'drafted' || !entry) return undefined;
  const { subject, previewRef, releaseId, previewedBy } = release;
  const detail: OpenTicket['detail'] = {
    request: entry.request,
    release_id: releaseId,
    preview_ref: previewRef,
    service_name: subject.service_name,
    environment_name: subject.environment_name,
    environment_type: subject.environment_type,
    artifact_version: subject.artifact_version,
    requested_by: entry.requestedBy,
    requested_by_type: entry.requestedByType,
    requested_at: entry.requestedAt,
    ...(entry.request.act === 'apply' && previewedBy !== entry.requestedBy ? { previewed_by: previewedBy } : {}),
  };
  return { ...entry, open: { environmentId: subject.environment_id, teamId: entry.cause.team_id, previewRef, detail } };
}
