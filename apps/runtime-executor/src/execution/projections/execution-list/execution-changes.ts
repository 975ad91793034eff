import type { ExecutionEvent } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';

const ENDS: readonly ExecutionEvent['action'][] = ['execution.succeeded', 'execution.failed', 'execution.abandoned'];

/** What the latest claim of a batch says; `claimed_at` is the first one's. */
export interface Claim {
  readonly project_id: string;
  readonly environment_id: string;
  readonly release_id: string;
  readonly act: string;
  readonly to_release_id: string;
  readonly slot_id: string;
  readonly target_id: string;
  readonly executor_id: string;
  readonly attempt: number;
  readonly claim_status: string;
  readonly claimed_at: string;
}

/** What a batch changes of one execution. Null: as before. */
export interface ExecutionChange {
  readonly execution_id: string;
  readonly claim: Claim | null;
  readonly status: string | null;
  readonly step: string | null;
  readonly started: boolean;
  readonly ended: boolean;
  readonly updated_at: string;
  readonly position: number;
}

const UNCHANGED = { claim: null, status: null, step: null, started: false, ended: false };

/** Folds a batch, so that each execution is written once however many steps it took. */
export function executionChanges(events: readonly Recorded[]): ExecutionChange[] {
  const changes = new Map<string, ExecutionChange>();
  for (const { event, position } of events as readonly Recorded<ExecutionEvent>[]) {
    const before = changes.get(event.resource_id) ?? UNCHANGED;
    const seen = { execution_id: event.resource_id, updated_at: event.occurred_at, position };
    changes.set(event.resource_id, {
      ...before,
      ...seen,
      ...(event.action === 'execution.claimed' ? claimed(event, before) : moved(event, before)),
    });
  }
  return [...changes.values()];
}

type Before = Pick<ExecutionChange, keyof typeof UNCHANGED>;
type Claimed = Extract<ExecutionEvent, { action: 'execution.claimed' }>;

/** A later claim only hands the execution on. */
function claimed(event: Claimed, { claim }: Before): Pick<ExecutionChange, 'claim'> {
  const { release_id, act, to_release_id, slot_id, target_id, executor_id, attempt } = event.detail;
  if (claim) return { claim: { ...claim, executor_id, attempt } };
  const { project_id, environment_id, status: claim_status, occurred_at: claimed_at } = event;
  const what = { project_id, environment_id, release_id, act, to_release_id, slot_id, target_id };
  return { claim: { ...what, executor_id, attempt, claim_status, claimed_at } };
}

const moved = (event: Exclude<ExecutionEvent, Claimed>, before: Before): Omit<Before, 'claim'> => ({
  status: event.status,
  step: 'step' in event.detail ? event.detail.step : before.step,
  started: before.started || event.action === 'execution.started',
  ended: before.ended || ENDS.includes(event.action),
});
