import type { AggregateType } from '@slipway/event-sourcing';
import type { ApprovalRequest, Draft, Outcome, ReleaseEvent, ReleaseSubject } from '@slipway/contracts';
import { clip } from './clip';
import { factsOf, type ReleaseFacts } from './release.facts';

/** What a preview fixed for good, and the facts gathered since. */
interface Drafted {
  readonly releaseId: string;
  readonly subject: ReleaseSubject;
  readonly draft: Draft;
  readonly previewRef: string;
  readonly teamId: string;
  readonly facts: ReleaseFacts;
  /** `aggregate_version` of the event by which it was applied for; orders the releases of a slot. 0: not yet. */
  readonly appliedForVersion: number;
}

/** A rollback that was asked for and has not begun. */
export interface RollbackRequest {
  readonly status: 'pending_approval' | 'requested';
  readonly ticketId: string | null;
  /** What its ticket asks for; null without a ticket. */
  readonly asked: ApprovalRequest | null;
  readonly automatic: boolean;
  readonly toReleaseId: string;
  readonly toArtifactVersion: string;
  readonly requestedAt: string;
  readonly timeBoundS: number;
}

interface Running {
  readonly executionId: string;
  readonly paused: boolean;
  readonly cancelRequested: boolean;
}
interface Revocable {
  readonly rollback: RollbackRequest | null;
}

export type EndedPhase = 'rejected' | 'expired' | 'superseded' | 'cancelled';

/** A release by the phase it is in (ARCHITECTURE.md, section 6). Every phase but `none` is a status. */
export type Release =
  | { readonly phase: 'none' }
  | (Drafted & { readonly phase: 'previewed' })
  | (Drafted & {
      readonly phase: 'pending_approval';
      /** Null: it waits for its group. */ readonly ticketId: string | null;
      /** By which it waits, in words. */ readonly rule: string;
    })
  | (Drafted & { readonly phase: 'approved' })
  | (Drafted & Running & { readonly phase: 'applying' })
  | (Drafted & Running & { readonly phase: 'verifying' })
  | (Drafted & Revocable & { readonly phase: 'applied'; readonly executionId: string })
  | (Drafted & Revocable & { readonly phase: 'failed'; readonly executionId: string | null; readonly outcome: Outcome })
  | (Drafted & { readonly phase: 'rolling_back'; readonly executionId: string; readonly rollback: RollbackRequest })
  | (Drafted & { readonly phase: 'rolled_back' })
  | (Drafted & Revocable & { readonly phase: 'rollback_failed' })
  | (Drafted & {
      readonly phase: EndedPhase;
      /** An execution that began behind the end was told to turn back. */ readonly toldToStop: boolean;
    });
export type DraftedRelease = Exclude<Release, { phase: 'none' }>;
export type Phase = Release['phase'];

export const noRelease: Release = { phase: 'none' };

/** Folds one event. An event is a fact, so its phase is taken whatever the phase before; only what was never previewed stays nothing. */
export function evolve(release: Release, event: ReleaseEvent): Release {
  if (event.action === 'release.previewed') return previewed(event);
  if (release.phase === 'none') return release;
  return { ...follow(release, event), facts: { ...release.facts, ...factsOf(event) } };
}

function previewed(event: Extract<ReleaseEvent, { action: 'release.previewed' }>): Release {
  return {
    phase: 'previewed',
    releaseId: event.resource_id,
    subject: event.detail.subject,
    draft: event.detail.draft,
    previewRef: event.preview_ref ?? '',
    teamId: event.team_id,
    // The facts of a preview are complete (release.facts.ts).
    facts: factsOf(event) as ReleaseFacts,
    appliedForVersion: 0,
  };
}

type Later = Exclude<ReleaseEvent, { action: 'release.previewed' }>;

function follow(release: DraftedRelease, event: Later): DraftedRelease {
  const drafted = draftedOf(release);
  switch (event.action) {
    case 'release.pending_approval':
      return {
        ...drafted,
        phase: 'pending_approval',
        ticketId: event.detail.approval.ticket_id,
        rule: clip(event.detail.approval.rule ?? drafted.draft.approval.rule, 300),
        appliedForVersion: event.aggregate_version,
      };
    case 'release.awaiting_group':
      return {
        ...drafted,
        phase: 'pending_approval',
        ticketId: null,
        rule: drafted.draft.approval.rule,
        appliedForVersion: event.aggregate_version,
      };
    case 'release.approved':
      return { ...drafted, phase: 'approved', appliedForVersion: drafted.appliedForVersion || event.aggregate_version };
    case 'release.rejected':
      return { ...drafted, phase: 'rejected', toldToStop: false };
    case 'release.expired':
      return { ...drafted, phase: 'expired', toldToStop: false };
    case 'release.superseded':
      return { ...drafted, phase: 'superseded', toldToStop: false };
    case 'release.cancelled':
      return { ...drafted, phase: 'cancelled', toldToStop: false };
    case 'release.applying':
      return { ...drafted, phase: 'applying', executionId: event.detail.execution_id, paused: false, cancelRequested: false };
    case 'release.verifying':
      return {
        ...drafted,
        phase: 'verifying',
        executionId: event.detail.execution_id,
        paused: false,
        cancelRequested: cancelRequested(release),
      };
    case 'release.paused':
      return running(release, { paused: true });
    case 'release.resumed':
      return running(release, { paused: false });
    case 'release.cancel_requested':
      return 'toldToStop' in release ? { ...release, toldToStop: true } : running(release, { cancelRequested: true });
    case 'release.applied':
      return { ...drafted, phase: 'applied', executionId: event.detail.execution_id, rollback: null };
    case 'release.failed':
      return { ...drafted, phase: 'failed', executionId: event.detail.execution_id, outcome: event.detail.outcome, rollback: null };
    case 'release.rollback_requested':
      return revocable(release, requestOf(event));
    case 'release.rollback_approved':
      return revocable(release, (rollback) => rollback && { ...rollback, status: 'requested' });
    case 'release.rollback_rejected':
      return revocable(release, () => null);
    case 'release.rolling_back':
      return { ...drafted, phase: 'rolling_back', executionId: event.detail.execution_id, rollback: begun(release, event) };
    case 'release.rollback_completed':
      return { ...drafted, phase: 'rolled_back' };
    case 'release.rollback_failed':
      return { ...drafted, phase: 'rollback_failed', rollback: null };
    default:
      return unknown(release, event);
  }
}

/** An event type of a later version of the platform leaves the phase as it is; at compile time there is none. */
const unknown = (release: DraftedRelease, _event: never): DraftedRelease => release;

const draftedOf = ({ releaseId, subject, draft, previewRef, teamId, facts, appliedForVersion }: DraftedRelease): Drafted => ({
  releaseId,
  subject,
  draft,
  previewRef,
  teamId,
  facts,
  appliedForVersion,
});

const cancelRequested = (release: DraftedRelease): boolean => 'cancelRequested' in release && release.cancelRequested;

function running(release: DraftedRelease, change: Partial<Running>): DraftedRelease {
  return release.phase === 'applying' || release.phase === 'verifying' ? { ...release, ...change } : release;
}

type RollbackChange = RollbackRequest | ((before: RollbackRequest | null) => RollbackRequest | null);
function revocable(release: DraftedRelease, change: RollbackChange): DraftedRelease {
  if (release.phase !== 'applied' && release.phase !== 'failed' && release.phase !== 'rollback_failed') return release;
  return { ...release, rollback: typeof change === 'function' ? change(release.rollback) : change };
}

function requestOf({ detail, occurred_at }: Extract<ReleaseEvent, { action: 'release.rollback_requested' }>): RollbackRequest {
  return {
    status: detail.approval ? 'pending_approval' : 'requested',
    ticketId: detail.approval?.ticket_id ?? null,
    asked: detail.approval,
    automatic: detail.automatic,
    toReleaseId: detail.to_release_id,
    toArtifactVersion: detail.to_artifact_version,
    requestedAt: occurred_at,
    timeBoundS: detail.time_bound_s,
  };
}

function begun(
  release: DraftedRelease,
  { detail, occurred_at }: Extract<ReleaseEvent, { action: 'release.rolling_back' }>,
): RollbackRequest {
  const asked = 'rollback' in release ? release.rollback : null;
  return {
    ...(asked ?? { ticketId: null, asked: null, automatic: false, requestedAt: occurred_at, timeBoundS: 0 }),
    status: 'requested',
    toReleaseId: detail.to_release_id,
    toArtifactVersion: detail.to_artifact_version,
  };
}

export const releaseType: AggregateType<Release, ReleaseEvent> = { type: 'release', initial: noRelease, evolve };
