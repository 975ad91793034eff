import { deriveId, digestOf, type AggregateRef, type NewExecutionEvent } from '@slipway/contracts';
import { EMPTY_HEAD, envelopesOf, headOf, type EventStore } from '@slipway/event-sourcing';
import { contextOf } from './projection-traffic';

export const EVENTS_PER_EXECUTION = 10;
const STEPS = ['fetch', 'start', 'switch'];
const AT = '2026-01-01T00:00:00.000Z';

export const executionRef = (n: number): AggregateRef => ({
  projectId: 'bench',
  type: 'execution',
  id: deriveId('execution', `load ${n}`),
});

/** An execution that went well: ten events. */
function lifeOf(n: number): NewExecutionEvent[] {
  const release_id = deriveId('release', `${n}`);
  const slot_id = deriveId('slot', `${n % 120}`);
  const step = (name: string, index: number) => ({ step: name, ordinal: index + 1, title: `Step ${name} of the release` });
  const of = { release_id, act: 'apply' as const };
  const claim = { to_release_id: release_id, slot_id, target_id: deriveId('target', '1'), executor_id: 'executor-1', attempt: 1 };
  const result = { to_release_id: release_id, slot_id, observed_digest: digestOf('x'), url: 'http://127.0.0.1:9000', changed: true };
  return [
    { action: 'execution.claimed', status: 'claimed', detail: { ...of, ...claim, cause_event_id: deriveId('event', `${n}`) } },
    {
      action: 'execution.started',
      status: 'running',
      detail: { ...of, fence: n + 1, lock: 'environment', steps: STEPS.map(step), run_id: deriveId('execution', `${n}`) },
    },
    ...STEPS.flatMap((name, index): NewExecutionEvent[] => [
      { action: 'execution.step_started', status: 'running', detail: { ...step(name, index), fence: n + 1, started_at: AT } },
      {
        action: 'execution.step_succeeded',
        status: 'running',
        detail: { ...step(name, index), observed: { replicas: 3, ready: true }, duration_ms: 800 },
      },
    ]),
    { action: 'execution.verifying', status: 'verifying', detail: { release_id } },
    {
      action: 'execution.succeeded',
      status: 'succeeded',
      detail: { ...of, ...result, duration_ms: 4000, checks: [{ name: 'health', verdict: 'pass' }] },
    },
  ];
}

/** Fills the log with executions whose events interleave. */
export async function fillWithExecutions(store: EventStore, executions: number, inFlight: number): Promise<void> {
  let next = 0;
  const one = async (): Promise<void> => {
    for (let n = next++; n < executions; n = next++) {
      let head = EMPTY_HEAD;
      for (const [step, event] of lifeOf(n).entries()) {
        const ref = executionRef(n);
        const events = envelopesOf(ref, head.version, [event], contextOf(n, step));
        const { recorded } = await store.append({ ref, expected: head, events });
        head = headOf(recorded[0]!);
      }
    }
  };
  await Promise.all(Array.from({ length: inFlight }, one));
}
