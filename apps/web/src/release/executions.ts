import type { TimelineEntry } from '../api/client';

export type StepState = 'waiting' | 'running' | 'paused' | 'succeeded' | 'failed' | 'errored' | 'inconclusive' | 'aborted' | 'skipped';

export interface StepView {
  readonly step: string;
  readonly ordinal: number;
  readonly title: string;
  readonly state: StepState;
  readonly startedAt: string | null;
  readonly durationMs: number | null;
  /** The error, or why it paused. */
  readonly summary: string | null;
  readonly observed: Readonly<Record<string, unknown>>;
}

export interface ExecutionView {
  readonly id: string;
  readonly act: 'apply' | 'rollback';
  readonly attempt: number;
  readonly steps: readonly StepView[];
  readonly ended: boolean;
}

interface Draft extends Omit<ExecutionView, 'steps'> {
  steps: StepView[];
}
interface StepDetail {
  step?: string;
  ordinal?: number;
  title?: string;
  started_at?: string;
  duration_ms?: number;
  outcome?: string;
  summary?: string;
  why?: string;
  observed?: Record<string, unknown>;
  steps?: { step: string; ordinal: number; title: string }[];
  act?: 'apply' | 'rollback';
  attempt?: number;
}

const OUTCOMES: readonly string[] = ['failed', 'errored', 'inconclusive', 'aborted'] satisfies StepState[];
const outcomeOf = (outcome: string | undefined): StepState =>
  outcome !== undefined && OUTCOMES.includes(outcome) ? (outcome as StepState) : 'failed';

/** Executions of a release with the state of their steps, in the order in which they were claimed; from its timeline. */
export function executionsOf(entries: readonly TimelineEntry[]): ExecutionView[] {
  const executions = new Map<string, Draft>();
  for (const entry of entries) {
    if (entry.resource_type !== 'execution') continue;
    const known = executions.get(entry.resource_id);
    executions.set(
      entry.resource_id,
      advance(known ?? { id: entry.resource_id, act: 'apply', attempt: 1, steps: [], ended: false }, entry),
    );
  }
  return [...executions.values()].map((execution) => (execution.ended ? withSkipped(execution) : execution));
}

/** Whether a step of any of them has begun: only then is there a log. */
export const haveBegun = (executions: readonly ExecutionView[]): boolean =>
  executions.some(({ steps }) => steps.some(({ startedAt }) => startedAt !== null));

function advance(execution: Draft, entry: TimelineEntry): Draft {
  const detail = entry.detail as StepDetail;
  const { act = execution.act } = detail;
  const patch = (change: Partial<StepView>): Draft => ({ ...execution, steps: patched(execution.steps, detail, change) });
  switch (entry.action) {
    case 'execution.claimed':
      return { ...execution, act, attempt: detail.attempt ?? execution.attempt };
    case 'execution.started':
      return {
        ...execution,
        act,
        steps: (detail.steps ?? []).map((step) => execution.steps.find((known) => known.step === step.step) ?? blank(step)),
      };
    case 'execution.step_started':
      return patch({ state: 'running', startedAt: detail.started_at ?? entry.occurred_at, durationMs: null, summary: null });
    case 'execution.step_succeeded':
      return patch({ state: 'succeeded', durationMs: detail.duration_ms ?? null, observed: detail.observed ?? {} });
    case 'execution.step_failed':
      return patch({
        state: outcomeOf(detail.outcome),
        durationMs: detail.duration_ms ?? null,
        summary: detail.summary ?? null,
        observed: detail.observed ?? {},
      });
    case 'execution.paused':
      return patch({ state: 'paused', summary: detail.why ?? null, observed: detail.observed ?? {} });
    case 'execution.resumed':
      return {
        ...execution,
        steps: execution.steps.map((step) => (step.state === 'paused' ? { ...step, state: 'running', summary: null } : step)),
      };
    case 'execution.succeeded':
    case 'execution.failed':
    case 'execution.abandoned':
      return { ...execution, act, ended: true };
    default:
      return execution;
  }
}

const blank = ({ step, ordinal, title }: { step: string; ordinal: number; title: string }): StepView => ({
  step,
  ordinal,
  title,
  state: 'waiting',
  startedAt: null,
  durationMs: null,
  summary: null,
  observed: {},
});

/** Steps that turn up only while running, such as the verification, join at their place. */
function patched(steps: readonly StepView[], detail: StepDetail, change: Partial<StepView>): StepView[] {
  const { step = '', ordinal = steps.length + 1, title = step } = detail;
  const known = steps.some((candidate) => candidate.step === step);
  const all = known ? steps : [...steps, blank({ step, ordinal, title })].sort((a, b) => a.ordinal - b.ordinal);
  return all.map((candidate) => (candidate.step === step ? { ...candidate, ...change } : candidate));
}

const withSkipped = (execution: Draft): Draft => ({
  ...execution,
  steps: execution.steps.map((step) => (step.state === 'waiting' ? { ...step, state: 'skipped' } : step)),
});
