import { deriveId, type NewExecutionEvent } from '@slipway/contracts';
import { envelopesOf, testContext, type Recorded } from '@slipway/event-sourcing';
import { executionChanges } from './execution-changes';

const ID = deriveId('execution', 'one');
const step = { step: 'start', ordinal: 1, title: 'Start' };
const act = { release_id: 'rel', act: 'apply' as const };

const claim = (executor_id: string, attempt: number): NewExecutionEvent => ({
  action: 'execution.claimed',
  status: 'claimed',
  detail: { ...act, to_release_id: 'rel', slot_id: 'slt', target_id: 'tgt', executor_id, attempt, cause_event_id: 'evt' },
});
const stepStarted: NewExecutionEvent = {
  action: 'execution.step_started',
  status: 'running',
  detail: { ...step, fence: 1, started_at: '2026-01-01T00:00:00.000Z' },
};
const started: NewExecutionEvent = {
  action: 'execution.started',
  status: 'running',
  detail: { ...act, fence: 1, lock: 'env', steps: [step], run_id: ID },
};
const abandoned: NewExecutionEvent = {
  action: 'execution.abandoned',
  status: 'abandoned',
  detail: { ...act, why: 'superseded', code: 'superseded', by_release_id: null },
};

/** At positions 1, 2, ..., a second apart. */
const recorded = (...events: NewExecutionEvent[]): Recorded[] =>
  events.map((event, index) => {
    const context = testContext({ now: `2026-01-01T00:00:0${index}.000Z` });
    const [envelope] = envelopesOf({ projectId: 'demo', type: 'execution', id: ID }, index, [event], context);
    return { position: index + 1, event: envelope!, digest: 'd', previousDigest: null, earlier: [] };
  });

describe('what a batch changes of an execution', () => {
  it('is a row from its first claim to its last event', () => {
    const [change, ...others] = executionChanges(recorded(claim('one', 1), started, stepStarted, abandoned));
    expect(others).toEqual([]);
    expect(change).toMatchObject({ execution_id: ID, status: 'abandoned', step: 'start', started: true, ended: true, position: 4 });
    expect(change?.claim).toMatchObject({ executor_id: 'one', claim_status: 'claimed', claimed_at: '2026-01-01T00:00:00.000Z' });
    expect(change?.updated_at).toBe('2026-01-01T00:00:03.000Z');
  });

  it('keeps the time of the first claim when another executor takes over, and what had happened', () => {
    const [change] = executionChanges(recorded(claim('one', 1), started, claim('two', 2)));
    expect(change?.claim).toMatchObject({ executor_id: 'two', attempt: 2, claimed_at: '2026-01-01T00:00:00.000Z' });
    expect(change).toMatchObject({ status: 'running', started: true, ended: false, position: 3 });
  });

  it('leaves alone what the batch does not tell', () => {
    expect(executionChanges(recorded(claim('two', 2)))).toMatchObject([{ status: null, step: null, started: false, ended: false }]);
    expect(executionChanges(recorded(stepStarted))).toMatchObject([{ claim: null, status: 'running', step: 'start', started: false }]);
  });
});
