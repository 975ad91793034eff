import { DeciderSpec } from '@slipway/event-sourcing';
import { abandon, claim, fail, failStep, pause, reclaim, resume, start, startStep, succeed, succeedStep } from './execution.decider';
import {
  assignment,
  claimedEvent,
  diagnostics,
  ENVIRONMENT,
  EXECUTION,
  pausedEvent,
  plan,
  RELEASE,
  startedEvent,
  startStep as first,
  stepFailedEvent,
  stepStartedEvent,
  stepSucceededEvent,
  switchStep as second,
} from './execution.fixture';
import { executionType, type Execution } from './execution.state';

const execution = () => new DeciderSpec(executionType, { projectId: 'shop', type: 'execution', id: EXECUTION });
const holder = (attempt = 1) => ({ executionId: EXECUTION, attempt });
const byA = { ...assignment, executorId: 'executor-a' };

describe('claiming an execution', () => {
  it('is the first fact of it', () =>
    execution()
      .when((state) => claim(state, byA))
      .thenEvents(claimedEvent(1)));
  it('happens once, whoever is asked again', () =>
    execution()
      .given(claimedEvent(1))
      .when((state) => claim(state, { ...byA, executorId: 'executor-b' }))
      .thenNothing());
  it('may be repeated by whoever takes over, and names the new attempt', () =>
    execution()
      .given(claimedEvent(1), startedEvent)
      .when((state) => reclaim(state, holder(1), 'executor-b'))
      .thenEvents(claimedEvent(2, 'executor-b')));
  it('is refused to whoever looked before the newest claim', () =>
    execution()
      .given(claimedEvent(1), claimedEvent(2, 'executor-b'))
      .when((state) => reclaim(state, holder(1), 'executor-c'))
      .thenRefused('stale_version'));
});

describe('a claim that was taken over', () => {
  const takenOver = [claimedEvent(1), startedEvent, stepStartedEvent(first), claimedEvent(2, 'executor-b')];
  it.each([
    ['a step', (state: Execution) => startStep(state, holder(1), second, 7, '2026-01-01T00:00:00.000Z')],
    ['a result', (state: Execution) => succeedStep(state, holder(1), first, { observed: {}, durationMs: 1 })],
    ['a failure', (state: Execution) => fail(state, holder(1), 'failed', diagnostics, true)],
    [
      'a success',
      (state: Execution) => succeed(state, holder(1), { observedDigest: '', url: null, changed: true, durationMs: 1, checks: [] }),
    ],
  ] as const)('writes nothing more: %s', (_what, decide) =>
    execution()
      .given(...takenOver)
      .when(decide)
      .thenRefused('stale_version'),
  );
});

describe('steps', () => {
  it('begin once the list of them is recorded', () =>
    execution()
      .given(claimedEvent())
      .when((state) => start(state, holder(), { fence: 7, lock: ENVIRONMENT, steps: plan }))
      .thenEvents(startedEvent));
  it('record the intent before anything is touched', () =>
    execution()
      .given(claimedEvent(), startedEvent)
      .when((state) => startStep(state, holder(), first, 7, '2026-01-01T00:00:00.000Z'))
      .thenEvents(stepStartedEvent(first)));
  it('run again after a crash inside them', () =>
    execution()
      .given(claimedEvent(), startedEvent, stepStartedEvent(first), claimedEvent(2, 'executor-b'))
      .when((state) => startStep(state, holder(2), first, 7, '2026-01-01T00:00:00.000Z'))
      .thenEvents(stepStartedEvent(first)));
  it('are not begun again once they are done', () =>
    execution()
      .given(claimedEvent(), startedEvent, stepStartedEvent(first), stepSucceededEvent(first))
      .when((state) => startStep(state, holder(), first, 7, '2026-01-01T00:00:00.000Z'))
      .thenNothing());
  it('keep the first failure when the way back fails too', () => {
    const spec = execution().given(
      claimedEvent(),
      startedEvent,
      stepFailedEvent(first, 'the cause'),
      stepFailedEvent(second, 'the way back'),
    );
    expect(spec.fold().state).toMatchObject({ phase: 'running', failure: { step: 'start', summary: 'the cause' } });
  });
});

describe('a pause', () => {
  it('runs its step again, accepted, when a person goes on', () => {
    const spec = execution().given(claimedEvent(), startedEvent, stepStartedEvent(first), pausedEvent(first), {
      action: 'execution.resumed',
      status: 'running',
      environmentId: ENVIRONMENT,
      detail: { release_id: RELEASE, by: 'ada' },
    });
    expect(spec.fold().state).toMatchObject({ phase: 'running', done: [], open: null, resumes: 1, accepted: 'start' });
  });
  it('accepts no measurement when it needed an operator', () => {
    const spec = execution().given(claimedEvent(), startedEvent, stepStartedEvent(first), pausedEvent(first, 'needs_operator'), {
      action: 'execution.resumed',
      status: 'running',
      environmentId: ENVIRONMENT,
      detail: { release_id: RELEASE, by: 'ada' },
    });
    expect(spec.fold().state).toMatchObject({ phase: 'running', done: [], accepted: null });
  });
  it('is recorded once', () =>
    execution()
      .given(claimedEvent(), startedEvent, pausedEvent(first))
      .when((state) => pause(state, holder(), first, { kind: 'inconclusive', why: 'again', observed: {} }))
      .thenNothing());
  it('resumes nothing that runs', () =>
    execution()
      .given(claimedEvent(), startedEvent)
      .when((state) => resume(state, holder(), 'ada'))
      .thenNothing());
  it('turns back when it is cancelled', () =>
    execution()
      .given(claimedEvent(), startedEvent, pausedEvent(first))
      .when((state) => failStep(state, holder(), first, { outcome: 'aborted', summary: 'cancelled', observed: {}, durationMs: 0 }))
      .thenEvents({
        ...stepFailedEvent(first),
        detail: { ...first, outcome: 'aborted', summary: 'cancelled', observed: {}, duration_ms: 0 },
      }));
});

describe('the end', () => {
  const success = { observedDigest: `sha256:${'a'.repeat(64)}`, url: null, changed: true, durationMs: 9, checks: [] };
  it('is not success after a failed step', () =>
    execution()
      .given(claimedEvent(), startedEvent, stepFailedEvent(first))
      .when((state) => succeed(state, holder(), success))
      .thenRefused('internal'));
  it('is abandoned only while nothing was touched', () =>
    execution()
      .given(claimedEvent(), startedEvent)
      .when((state) => abandon(state, holder(), { why: 'moved', code: 'preview_mismatch', byReleaseId: null }))
      .thenRefused('internal'));
  it('says which release took its place', () =>
    execution()
      .given(claimedEvent())
      .when((state) => abandon(state, holder(), { why: 'superseded', code: 'superseded', byReleaseId: RELEASE }))
      .thenEvents({
        action: 'execution.abandoned',
        status: 'abandoned',
        environmentId: ENVIRONMENT,
        detail: { release_id: RELEASE, act: 'apply', why: 'superseded', code: 'superseded', by_release_id: RELEASE },
      }));
});
