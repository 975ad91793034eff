import type { NewReleaseEvent } from '@slipway/contracts';
import type {
  AbandonExecution,
  BeginExecution,
  ContinueExecution,
  FailExecution,
  PauseExecution,
  SucceedExecution,
  VerifyExecution,
} from './release.commands';
import { emit } from './release.emit';
import type { DraftedRelease } from './release.state';

type Events = NewReleaseEvent[];
export type ExecutionReport =
  BeginExecution | PauseExecution | ContinueExecution | VerifyExecution | SucceedExecution | FailExecution | AbandonExecution;

/** Mirrors what the executor recorded into the release. A report that does not fit what the release waits for changes nothing. */
export function followExecution(report: ExecutionReport, release: DraftedRelease): Events {
  switch (report.type) {
    case 'BeginExecution':
      return report.act === 'apply' ? begin(report, release) : beginRollback(report, release);
    case 'PauseExecution':
      return isRun(release, report.executionId) && !release.paused
        ? emit(release, 'release.paused', release.phase, { execution_id: report.executionId, why: report.why })
        : [];
    case 'ContinueExecution':
      return isRun(release, report.executionId) && release.paused
        ? emit(release, 'release.resumed', release.phase, { execution_id: report.executionId, reason: null })
        : [];
    case 'VerifyExecution':
      return isRun(release, report.executionId) && release.phase === 'applying'
        ? emit(release, 'release.verifying', 'verifying', { execution_id: report.executionId })
        : [];
    case 'SucceedExecution':
      return report.act === 'apply' ? succeed(report, release) : completeRollback(report, release);
    case 'FailExecution':
      return report.act === 'apply' ? fail(report, release) : failRollback(report, release);
    case 'AbandonExecution':
      return report.act === 'apply' ? abandon(report, release) : abandonRollback(report, release);
    default:
      return unknown(report);
  }
}

const unknown = (_report: never): Events => [];

type Run = Extract<DraftedRelease, { phase: 'applying' | 'verifying' }>;
const isRun = (release: DraftedRelease, executionId: string): release is Run =>
  (release.phase === 'applying' || release.phase === 'verifying') && release.executionId === executionId;

/**
 * A release that ended while its execution was starting stays ended, and its execution is told to turn back: the
 * executor checks the release once more after it recorded its start, and this catches what it could not have seen.
 */
function begin({ executionId }: BeginExecution, release: DraftedRelease): Events {
  switch (release.phase) {
    case 'approved':
      return emit(release, 'release.applying', 'applying', { execution_id: executionId, slot_id: release.subject.slot_id });
    case 'superseded':
    case 'cancelled': {
      if (release.toldToStop) return [];
      return emit(release, 'release.cancel_requested', release.phase, {
        execution_id: executionId,
        reason: `the release is ${release.phase}`,
      });
    }
    default:
      return [];
  }
}

function succeed(report: SucceedExecution, release: DraftedRelease): Events {
  if (!isRun(release, report.executionId)) return [];
  const detail = { execution_id: report.executionId, slot_id: release.subject.slot_id, observed_digest: report.observedDigest };
  return emit(release, 'release.applied', 'applied', { ...detail, url: report.url, changed: report.changed });
}

function fail(report: FailExecution, release: DraftedRelease): Events {
  if (!isRun(release, report.executionId)) return [];
  const detail = { execution_id: report.executionId, slot_id: release.subject.slot_id, diagnostics: report.diagnostics };
  return emit(release, 'release.failed', 'failed', { ...detail, outcome: report.outcome });
}

/** Nothing was touched: another release took the slot, or the executor could not begin. Neither condemns the artifact. */
function abandon(report: AbandonExecution, release: DraftedRelease): Events {
  if (release.phase !== 'approved') return [];
  if (report.byReleaseId) return emit(release, 'release.superseded', 'superseded', { by_release_id: report.byReleaseId });
  const diagnostics = abandoned(report);
  const detail = { execution_id: null, slot_id: release.subject.slot_id, diagnostics, outcome: 'errored' as const };
  return emit(release, 'release.failed', 'failed', detail);
}

const abandoned = ({ why, code, executionId }: AbandonExecution) => ({
  summary: why,
  step: null,
  outcome: 'errored' as const,
  payload: { code, execution_id: executionId },
});

function beginRollback({ executionId }: BeginExecution, release: DraftedRelease): Events {
  const rollback = 'rollback' in release ? release.rollback : null;
  if (release.phase === 'rolling_back' || rollback?.status !== 'requested') return [];
  const to = { to_release_id: rollback.toReleaseId, to_artifact_version: rollback.toArtifactVersion };
  return emit(release, 'release.rolling_back', 'rolling_back', { execution_id: executionId, ...to });
}

function completeRollback(report: SucceedExecution, release: DraftedRelease): Events {
  if (release.phase !== 'rolling_back' || release.executionId !== report.executionId) return [];
  const { rollback } = release;
  return emit(release, 'release.rollback_completed', 'rolled_back', {
    execution_id: report.executionId,
    to_release_id: rollback.toReleaseId,
    to_artifact_version: rollback.toArtifactVersion,
    observed_digest: report.observedDigest,
    duration_ms: report.durationMs,
    within_time_bound: report.durationMs <= rollback.timeBoundS * 1000,
    held: !rollback.automatic,
  });
}

function failRollback(report: FailExecution, release: DraftedRelease): Events {
  if (release.phase !== 'rolling_back' || release.executionId !== report.executionId) return [];
  const detail = { execution_id: report.executionId, diagnostics: report.diagnostics, outcome: report.outcome };
  return emit(release, 'release.rollback_failed', 'rollback_failed', detail);
}

function abandonRollback(report: AbandonExecution, release: DraftedRelease): Events {
  const waiting = 'rollback' in release && release.rollback?.status === 'requested';
  if (!waiting) return [];
  return emit(release, 'release.rollback_failed', 'rollback_failed', {
    execution_id: report.executionId,
    diagnostics: abandoned(report),
    outcome: 'errored',
  });
}
