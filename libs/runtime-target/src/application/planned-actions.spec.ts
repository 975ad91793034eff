import { counted, draftAction, duration, goesAfter, inOrder, verifySummary } from './planned-actions';

describe('the actions of a plan', () => {
  it('are numbered in order, within what a plan may hold, and one-way only where they say so', () => {
    const drafts = [
      draftAction('start', 'process', 'n'.repeat(300), 's'.repeat(600)),
      { ...draftAction('run', 'hook', 'h', 'runs'), one_way: true },
    ];
    const [start, run] = inOrder(drafts);
    expect(start).toMatchObject({ ordinal: 1, one_way: false, name: 'n'.repeat(200), summary: 's'.repeat(500) });
    expect(run).toMatchObject({ ordinal: 2, one_way: true });
  });

  it('say how a release is verified', () => {
    const smoke = [{ name: 'greets', path: '/', expect_status: 200 }];
    const health = { path: '/healthz', expect_status: 200 };
    expect(verifySummary({ health, smoke, watch_ms: 90_000 }, ['all replicas ready'])).toBe(
      'Verify all replicas ready, health endpoint /healthz, 1 smoke test; watch for 90 s',
    );
    expect(verifySummary({ smoke: [], watch_ms: 500 }, ['all replicas ready'])).toBe('Verify all replicas ready; watch for 500 ms');
  });

  it('count and tell time as people do', () => {
    expect([counted(1, 'replica'), counted(2, 'replica')]).toEqual(['1 replica', '2 replicas']);
    expect([duration(999), duration(1500), duration(600_000)]).toEqual(['999 ms', '1.5 s', '10 min']);
    expect([goesAfter(0), goesAfter(600_000)]).toEqual(['at once', 'after 10 min, kept until then for an instant way back']);
  });
});
