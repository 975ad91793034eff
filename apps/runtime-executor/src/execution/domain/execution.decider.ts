import type { Diagnostics, GateVerdict, NewExecutionEvent } from '@slipway/contracts';
import { claimLost, outOfOrder } from './execution.errors';
import type { ActiveExecution, Assignment, Execution, FailureOutcome, PlannedStep, StartedExecution } from './execution.state';

type New = readonly NewExecutionEvent[];

/** Who writes: the execution and the attempt whose claim the writer holds. */
export interface Holder {
  readonly executionId: string;
  readonly attempt: number;
}

interface Claim extends Assignment {
  readonly executorId: string;
  readonly environmentId: string;
}

const STATUS_OF_OUTCOME = { failed: 'failed', errored: 'errored', inconclusive: 'unknown', aborted: 'aborted' } as const;

function claimEvent(claim: Claim, attempt: number): NewExecutionEvent {
  return {
    action: 'execution.claimed',
    status: 'claimed',
    environmentId: claim.environmentId,
    detail: {
      release_id: claim.releaseId,
      act: claim.act,
      to_release_id: claim.toReleaseId,
      slot_id: claim.slotId,
      target_id: claim.targetId,
      executor_id: claim.executorId,
      attempt,
      cause_event_id: claim.causeEventId,
    },
  };
}

/** The first claim; of a redelivery or a race all but one get nothing. */
export const claim = (execution: Execution, wanted: Claim): New => (execution.phase === 'none' ? [claimEvent(wanted, 1)] : []);

/**
 * A later claim: after the holder's lease ran out, to go on after a pause, or to get a newer fence.
 * @throws claimLost when somebody else claimed after `holder.attempt`.
 */
export function reclaim(execution: Execution, holder: Holder, executorId: string): New {
  if (execution.phase === 'ended') return [];
  const active = held(execution, holder);
  return [claimEvent({ ...active, executorId }, active.attempt + 1)];
}

/** It has not begun, and waits for a freeze window or a stop-the-line to be over. */
export function waitAtGate(execution: Execution, holder: Holder, verdict: GateVerdict): New {
  const active = held(execution, holder);
  if (active.phase !== 'claimed') return [];
  const detail = {
    release_id: active.releaseId,
    act: active.act,
    code: verdict.code ?? 'frozen',
    why: (verdict.reason ?? '').slice(0, 1000),
    next_open: verdict.next_open,
  };
  return [{ action: 'execution.waiting', status: 'claimed', environmentId: active.environmentId, detail }];
}

export function start(execution: Execution, holder: Holder, start: { fence: number; lock: string; steps: readonly PlannedStep[] }): New {
  const active = held(execution, holder);
  if (active.phase !== 'claimed') return [];
  const detail = {
    release_id: active.releaseId,
    act: active.act,
    fence: start.fence,
    lock: start.lock,
    steps: start.steps.map(({ step, ordinal, title }) => ({ step, ordinal, title })),
    run_id: holder.executionId,
  };
  return [{ action: 'execution.started', status: 'running', environmentId: active.environmentId, detail }];
}

export function startStep(execution: Execution, holder: Holder, step: PlannedStep, fence: number, now: string): New {
  const active = running(execution, holder, `at step '${step.step}'`);
  if (active.done.includes(step.step)) return [];
  const detail = { ...named(step), fence, started_at: now };
  return [{ action: 'execution.step_started', status: statusOf(active), environmentId: active.environmentId, detail }];
}

export interface StepReading {
  readonly observed: Record<string, unknown>;
  readonly durationMs: number;
}

export function succeedStep(execution: Execution, holder: Holder, step: PlannedStep, reading: StepReading): New {
  const active = running(execution, holder, `past step '${step.step}'`);
  if (active.done.includes(step.step)) return [];
  const detail = { ...named(step), observed: reading.observed, duration_ms: reading.durationMs };
  return [{ action: 'execution.step_succeeded', status: statusOf(active), environmentId: active.environmentId, detail }];
}

/** Ends the way forward. From `paused` it is how a cancelled pause turns back. */
export function failStep(
  execution: Execution,
  holder: Holder,
  step: PlannedStep,
  failure: StepReading & { outcome: FailureOutcome; summary: string },
): New {
  const active = started(execution, holder, `failed at step '${step.step}'`);
  const { outcome, summary, observed, durationMs } = failure;
  const detail = { ...named(step), outcome, summary, observed, duration_ms: durationMs };
  return [{ action: 'execution.step_failed', status: 'running', environmentId: active.environmentId, detail }];
}

export function pause(
  execution: Execution,
  holder: Holder,
  step: PlannedStep,
  pause: { kind: 'inconclusive' | 'needs_operator'; why: string; observed: Record<string, unknown> },
): New {
  const active = started(execution, holder, 'paused');
  if (active.phase === 'paused') return [];
  const status = pause.kind === 'needs_operator' ? 'needs_operator' : 'paused';
  const detail = { release_id: active.releaseId, ...named(step), why: pause.why, observed: pause.observed };
  return [{ action: 'execution.paused', status, environmentId: active.environmentId, detail }];
}

export function resume(execution: Execution, holder: Holder, by: string): New {
  const active = started(execution, holder, 'resumed');
  if (active.phase !== 'paused') return [];
  return [
    { action: 'execution.resumed', status: 'running', environmentId: active.environmentId, detail: { release_id: active.releaseId, by } },
  ];
}

export function verify(execution: Execution, holder: Holder): New {
  const active = running(execution, holder, 'verifying');
  if (active.verifying) return [];
  return [
    { action: 'execution.verifying', status: 'verifying', environmentId: active.environmentId, detail: { release_id: active.releaseId } },
  ];
}

export interface Success {
  readonly observedDigest: string;
  readonly url: string | null;
  readonly changed: boolean;
  readonly durationMs: number;
  readonly checks: readonly Record<string, unknown>[];
}

export function succeed(execution: Execution, holder: Holder, success: Success): New {
  if (execution.phase === 'ended') return [];
  const active = running(execution, holder, 'succeeded');
  if (active.failure) throw outOfOrder(holder.executionId, 'failing', 'succeeded');
  const detail = {
    release_id: active.releaseId,
    act: active.act,
    to_release_id: active.toReleaseId,
    slot_id: active.slotId,
    observed_digest: success.observedDigest,
    url: success.url,
    changed: success.changed,
    duration_ms: success.durationMs,
    checks: [...success.checks],
  };
  return [{ action: 'execution.succeeded', status: 'succeeded', environmentId: active.environmentId, detail }];
}

export function fail(execution: Execution, holder: Holder, outcome: FailureOutcome, diagnostics: Diagnostics, restored: boolean): New {
  if (execution.phase === 'ended') return [];
  const active = started(execution, holder, 'failed');
  const detail = { release_id: active.releaseId, act: active.act, slot_id: active.slotId, outcome, diagnostics, restored };
  return [{ action: 'execution.failed', status: STATUS_OF_OUTCOME[outcome], environmentId: active.environmentId, detail }];
}

/** Only before the first step: nothing was touched. */
export function abandon(execution: Execution, holder: Holder, abandoned: { why: string; code: string; byReleaseId: string | null }): New {
  if (execution.phase === 'ended') return [];
  const active = held(execution, holder);
  if (active.phase !== 'claimed') throw outOfOrder(holder.executionId, active.phase, 'abandoned');
  const detail = {
    release_id: active.releaseId,
    act: active.act,
    why: abandoned.why,
    code: abandoned.code,
    by_release_id: abandoned.byReleaseId,
  };
  return [{ action: 'execution.abandoned', status: 'abandoned', environmentId: active.environmentId, detail }];
}

const named = ({ step, ordinal, title }: PlannedStep): PlannedStep => ({ step, ordinal, title });
const statusOf = (execution: StartedExecution): string => (execution.verifying && !execution.failure ? 'verifying' : 'running');

function held(execution: Execution, holder: Holder): ActiveExecution {
  if (execution.phase === 'none') throw outOfOrder(holder.executionId, execution.phase, 'held');
  if (execution.attempt !== holder.attempt) throw claimLost(holder.executionId, holder.attempt, execution.attempt);
  if (execution.phase === 'ended') throw outOfOrder(holder.executionId, execution.phase, 'held');
  return execution;
}

function started(execution: Execution, holder: Holder, wanted: string): StartedExecution {
  const active = held(execution, holder);
  if (active.phase === 'claimed') throw outOfOrder(holder.executionId, active.phase, wanted);
  return active;
}

function running(execution: Execution, holder: Holder, wanted: string): Extract<StartedExecution, { phase: 'running' }> {
  const active = started(execution, holder, wanted);
  if (active.phase !== 'running') throw outOfOrder(holder.executionId, active.phase, wanted);
  return active;
}
