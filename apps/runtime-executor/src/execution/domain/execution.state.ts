import type { ExecutionEvent, Outcome } from '@slipway/contracts';
import type { AggregateType } from '@slipway/event-sourcing';

/** The step that judges what runs; its reading is what the end of the execution reports. */
export const VERIFY = 'verify';

export type Act = 'apply' | 'rollback';

/** What an execution is to make real; fixed by its first claim. */
export interface Assignment {
  readonly releaseId: string;
  readonly act: Act;
  /** The release that runs afterwards: the release itself, or the one that a rollback brings back. */
  readonly toReleaseId: string;
  readonly slotId: string;
  readonly targetId: string;
  readonly causeEventId: string;
}

export interface PlannedStep {
  readonly step: string;
  /** From 1, dense. */
  readonly ordinal: number;
  readonly title: string;
}

export type FailureOutcome = Exclude<Outcome, 'succeeded'>;
export interface StepFailure extends PlannedStep {
  readonly outcome: FailureOutcome;
  readonly summary: string;
  readonly observed: Record<string, unknown>;
}

/** `attempt` counts the claims: whoever wrote the newest holds the execution, everyone else writes nothing. */
interface Claimed extends Assignment {
  readonly environmentId: string;
  readonly executorId: string;
  readonly attempt: number;
  /** Of the first claim: when the work was taken on. */
  readonly claimedAt: string;
}
interface Started extends Claimed {
  readonly plan: readonly PlannedStep[];
  readonly done: readonly string[];
  /** Intent recorded, result not: what a crash leaves behind. */
  readonly open: PlannedStep | null;
  /** The step that ended the way forward; from here only the way back is left. */
  readonly failure: StepFailure | null;
  readonly verifying: boolean;
  /** What the verification read, once it passed. */
  readonly verified: Record<string, unknown> | null;
  readonly startedAt: string;
  readonly resumes: number;
  /** The step whose inconclusive measurement somebody accepted: it runs again and does not measure. */
  readonly accepted: string | null;
}

export type Execution =
  | { readonly phase: 'none' }
  | ({ readonly phase: 'claimed' } & Claimed)
  | ({ readonly phase: 'running' } & Started)
  /** Resuming runs the step again. `needs_operator`: a crash inside a step that must not run twice without a person's word. */
  | ({
      readonly phase: 'paused';
      readonly at: PlannedStep;
      readonly why: string;
      readonly kind: 'inconclusive' | 'needs_operator';
    } & Started)
  | ({ readonly phase: 'ended'; readonly outcome: Outcome | 'abandoned' } & Claimed);

export type ActiveExecution = Extract<Execution, { phase: 'claimed' | 'running' | 'paused' }>;
export type StartedExecution = Extract<Execution, { phase: 'running' | 'paused' }>;

const isStarted = (execution: Execution): execution is StartedExecution => execution.phase === 'running' || execution.phase === 'paused';
const stepOf = ({ step, ordinal, title }: PlannedStep): PlannedStep => ({ step, ordinal, title });

function claimed(execution: Execution, event: Extract<ExecutionEvent, { action: 'execution.claimed' }>): Execution {
  const { executor_id: executorId, attempt } = event.detail;
  if (execution.phase !== 'none') return { ...execution, executorId, attempt };
  return {
    phase: 'claimed',
    releaseId: event.detail.release_id,
    act: event.detail.act,
    toReleaseId: event.detail.to_release_id,
    slotId: event.detail.slot_id,
    targetId: event.detail.target_id,
    causeEventId: event.detail.cause_event_id,
    environmentId: event.environment_id,
    executorId,
    attempt,
    claimedAt: event.occurred_at,
  };
}

function ended(execution: Execution, outcome: Outcome | 'abandoned'): Execution {
  if (execution.phase === 'none') return execution;
  const { releaseId, act, toReleaseId, slotId, targetId, causeEventId, environmentId, executorId, attempt, claimedAt } = execution;
  const claim = { releaseId, act, toReleaseId, slotId, targetId, causeEventId, environmentId, executorId, attempt, claimedAt };
  return { phase: 'ended', outcome, ...claim };
}

function resumed(execution: Execution): Execution {
  if (execution.phase !== 'paused') return execution;
  const { at, kind } = execution;
  return { ...running(execution), resumes: execution.resumes + 1, open: null, accepted: kind === 'inconclusive' ? at.step : null };
}

function succeededAt(
  execution: Extract<Execution, { phase: 'running' }>,
  { step, observed }: { step: string; observed: Record<string, unknown> },
): Execution {
  const verified = step === VERIFY ? observed : execution.verified;
  return { ...execution, open: null, done: [...execution.done, step], verified };
}

function failedAt(execution: Execution, failure: StepFailure): Execution {
  if (!isStarted(execution)) return execution;
  // A failing step of the way back does not replace what went wrong first.
  return { ...running(execution), open: null, failure: execution.failure ?? failure };
}

function running(execution: StartedExecution): Extract<Execution, { phase: 'running' }> {
  if (execution.phase === 'running') return execution;
  const { at: _at, why: _why, kind: _kind, ...rest } = execution;
  return { ...rest, phase: 'running' };
}

function evolve(execution: Execution, event: ExecutionEvent): Execution {
  switch (event.action) {
    case 'execution.claimed':
      return claimed(execution, event);
    case 'execution.waiting':
      return execution;
    case 'execution.started': {
      if (execution.phase !== 'claimed') return execution;
      const fresh = { done: [], open: null, failure: null, verifying: false, verified: null, resumes: 0, accepted: null };
      return { ...execution, ...fresh, phase: 'running', plan: event.detail.steps, startedAt: event.occurred_at };
    }
    case 'execution.step_started':
      return execution.phase === 'running' ? { ...execution, open: stepOf(event.detail) } : execution;
    case 'execution.step_succeeded':
      return execution.phase === 'running' ? succeededAt(execution, event.detail) : execution;
    case 'execution.step_failed':
      return failedAt(execution, {
        ...stepOf(event.detail),
        outcome: event.detail.outcome,
        summary: event.detail.summary,
        observed: event.detail.observed,
      });
    case 'execution.paused': {
      if (execution.phase !== 'running') return execution;
      const kind = event.status === 'needs_operator' ? 'needs_operator' : 'inconclusive';
      return { ...execution, phase: 'paused', at: stepOf(event.detail), why: event.detail.why, kind };
    }
    case 'execution.resumed':
      return resumed(execution);
    case 'execution.verifying':
      return execution.phase === 'running' ? { ...execution, verifying: true } : execution;
    case 'execution.succeeded':
      return ended(execution, 'succeeded');
    case 'execution.failed':
      return ended(execution, event.detail.outcome);
    case 'execution.abandoned':
      return ended(execution, 'abandoned');
    default: {
      const unknown: never = event;
      return unknown ?? execution;
    }
  }
}

export const executionType: AggregateType<Execution, ExecutionEvent> = { type: 'execution', initial: { phase: 'none' }, evolve };
