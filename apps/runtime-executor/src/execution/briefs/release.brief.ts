import type { Draft, ReleaseEvent, ReleaseSubject } from '@slipway/contracts';
import type { AggregateType } from '@slipway/event-sourcing';

/** Why a release is not to run any more; null: it may. */
export interface Ended {
  readonly code: 'superseded' | 'cancelled' | 'rejected' | 'expired';
  readonly byReleaseId: string | null;
}

export interface RollbackBrief {
  readonly state: 'awaiting_approval' | 'requested' | 'rejected';
  readonly toReleaseId: string;
  readonly automatic: boolean;
  readonly reason: string | null;
  readonly requestedBy: string;
  readonly requestedAt: string;
}

/** What an executor needs to know of a release, folded from the release service's events; it writes none of them. */
export type ReleaseBrief =
  | { readonly phase: 'unknown' }
  | {
      readonly phase: 'previewed' | 'approved';
      readonly projectId: string;
      readonly teamId: string;
      readonly previewRef: string;
      readonly subject: ReleaseSubject;
      readonly draft: Draft;
      readonly ended: Ended | null;
      /** Executions that someone wants stopped, and who. */
      readonly cancels: Readonly<Record<string, string>>;
      /** How often, and by whom last, each paused execution was told to go on. */
      readonly resumes: Readonly<Record<string, { readonly count: number; readonly by: string }>>;
      readonly rollback: RollbackBrief | null;
    };
export type KnownRelease = Exclude<ReleaseBrief, { phase: 'unknown' }>;

function previewed(event: Extract<ReleaseEvent, { action: 'release.previewed' }>): ReleaseBrief {
  return {
    phase: 'previewed',
    projectId: event.project_id,
    teamId: event.team_id,
    previewRef: event.preview_ref ?? '',
    subject: event.detail.subject,
    draft: event.detail.draft,
    ended: null,
    cancels: {},
    resumes: {},
    rollback: null,
  };
}

function rollbackRequested(event: Extract<ReleaseEvent, { action: 'release.rollback_requested' }>): RollbackBrief {
  return {
    state: event.detail.approval ? 'awaiting_approval' : 'requested',
    toReleaseId: event.detail.to_release_id,
    automatic: event.detail.automatic,
    reason: event.detail.reason,
    requestedBy: event.detail.requested_by,
    requestedAt: event.occurred_at,
  };
}

function evolve(brief: ReleaseBrief, event: ReleaseEvent): ReleaseBrief {
  if (event.action === 'release.previewed') return previewed(event);
  if (brief.phase === 'unknown') return brief;
  switch (event.action) {
    case 'release.approved':
      return { ...brief, phase: 'approved' };
    case 'release.superseded':
      return { ...brief, ended: { code: 'superseded', byReleaseId: event.detail.by_release_id } };
    case 'release.cancelled':
      return { ...brief, ended: { code: 'cancelled', byReleaseId: null } };
    case 'release.rejected':
      return { ...brief, ended: { code: 'rejected', byReleaseId: null } };
    case 'release.expired':
      return { ...brief, ended: { code: 'expired', byReleaseId: null } };
    case 'release.cancel_requested':
      return { ...brief, cancels: { ...brief.cancels, [event.detail.execution_id]: event.actor_id } };
    case 'release.resumed': {
      const count = (brief.resumes[event.detail.execution_id]?.count ?? 0) + 1;
      return { ...brief, resumes: { ...brief.resumes, [event.detail.execution_id]: { count, by: event.actor_id } } };
    }
    case 'release.rollback_requested':
      return { ...brief, rollback: rollbackRequested(event) };
    case 'release.rollback_approved':
      return { ...brief, rollback: brief.rollback && { ...brief.rollback, state: 'requested' } };
    case 'release.rollback_rejected':
      return { ...brief, rollback: brief.rollback && { ...brief.rollback, state: 'rejected' } };
    default:
      return brief;
  }
}

export const releaseBriefType: AggregateType<ReleaseBrief, ReleaseEvent> = { type: 'release', initial: { phase: 'unknown' }, evolve };
