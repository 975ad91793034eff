import { digestOf, type NewExecutionEvent } from '@slipway/contracts';
import { CommandRunner, InMemoryEventStore, testContext } from '@slipway/event-sourcing';
import { deriveId } from '@slipway/contracts';
import fc from 'fast-check';
import * as decide from './execution.decider';
import { assignment, diagnostics, EXECUTION, plan } from './execution.fixture';
import { executionType, type Execution } from './execution.state';

const ref = { projectId: 'shop', type: 'execution', id: EXECUTION } as const;
const success = { observedDigest: digestOf('x'), url: null, changed: true, durationMs: 1, checks: [] };

/** What one of several executors, each with the attempt it believes in, may try at any moment. */
const commands: Record<string, (state: Execution, holder: decide.Holder, step: (typeof plan)[number]) => readonly NewExecutionEvent[]> = {
  claim: (state) => decide.claim(state, { ...assignment, executorId: 'any' }),
  reclaim: (state, holder) => decide.reclaim(state, holder, 'any'),
  start: (state, holder) => decide.start(state, holder, { fence: 1, lock: 'env', steps: plan }),
  startStep: (state, holder, step) => decide.startStep(state, holder, step, 1, '2026-01-01T00:00:00.000Z'),
  succeedStep: (state, holder, step) => decide.succeedStep(state, holder, step, { observed: {}, durationMs: 1 }),
  failStep: (state, holder, step) => decide.failStep(state, holder, step, { outcome: 'failed', summary: 's', observed: {}, durationMs: 1 }),
  pause: (state, holder, step) => decide.pause(state, holder, step, { kind: 'inconclusive', why: 'w', observed: {} }),
  resume: (state, holder) => decide.resume(state, holder, 'ada'),
  verify: (state, holder) => decide.verify(state, holder),
  succeed: (state, holder) => decide.succeed(state, holder, success),
  fail: (state, holder) => decide.fail(state, holder, 'failed', diagnostics, true),
  abandon: (state, holder) => decide.abandon(state, holder, { why: 'w', code: 'superseded', byReleaseId: null }),
};
const script = fc.array(
  fc.record({
    command: fc.constantFrom(...Object.keys(commands)),
    attempt: fc.integer({ min: 1, max: 4 }),
    step: fc.constantFrom(...plan),
  }),
  { maxLength: 40 },
);

async function play(steps: readonly { command: string; attempt: number; step: (typeof plan)[number] }[]) {
  const store = new InMemoryEventStore();
  const runner = new CommandRunner(store);
  for (const [index, { command, attempt, step }] of steps.entries()) {
    const context = testContext({ commandId: deriveId('command', String(index)) });
    await runner
      .run(executionType, ref, context, (state) => commands[command]!(state, { executionId: EXECUTION, attempt }, step))
      .catch(() => undefined);
  }
  return { events: (await store.read(ref)).map(({ event }) => event), state: (await runner.load(executionType, ref)).state };
}

describe('an execution, whatever its executors try in whatever order', () => {
  it('ends at most once, and nothing but reading happens afterwards', () =>
    fc.assert(
      fc.asyncProperty(script, async (steps) => {
        const { events } = await play(steps);
        const ends = ['execution.succeeded', 'execution.failed', 'execution.abandoned'];
        const end = events.findIndex(({ action }) => ends.includes(action));
        if (end >= 0) expect(end).toBe(events.length - 1);
      }),
    ));

  it('is claimed with attempts 1, 2, 3, ... and written to by the newest alone', () =>
    fc.assert(
      fc.asyncProperty(script, async (steps) => {
        const { events } = await play(steps);
        const attempts = events.filter(({ action }) => action === 'execution.claimed').map(({ detail }) => detail.attempt);
        expect(attempts).toEqual(attempts.map((_, index) => index + 1));
      }),
    ));

  it('never succeeds after a failed step, and is never abandoned once started', () =>
    fc.assert(
      fc.asyncProperty(script, async (steps) => {
        const actions = (await play(steps)).events.map(({ action }) => action);
        if (actions.includes('execution.succeeded')) expect(actions).not.toContain('execution.step_failed');
        if (actions.includes('execution.abandoned')) expect(actions).not.toContain('execution.started');
      }),
    ));
});
