import type { Answer } from './endpoint-checks';
import { watchCheck, type ReleaseFigures, type WatchWindow } from './watch-window';

describe('a release is watched', () => {
  const well = (requests = 0, errors = 0, restarts = 0): ReleaseFigures => ({ restarts, missing: [], traffic: { requests, errors } });
  const unready: ReleaseFigures = { restarts: 0, missing: ['1 of 2 replicas of web are ready'] };
  const answers = (status: number): Promise<Answer> => Promise.resolve({ status, body: '', failure: null });
  const at: Omit<WatchWindow, 'figures'> = {
    watchMs: 0,
    everyMs: 1,
    unreadyMs: 0,
    signal: new AbortController().signal,
    health: { path: '/healthz', expect_status: 200 },
    ask: () => answers(200),
  };
  /** Each look shows the next figures, and the last from then on. */
  const seen = (looks: readonly ReleaseFigures[], given: Partial<WatchWindow> = {}) => {
    let next = 0;
    return watchCheck({ ...at, figures: () => Promise.resolve(looks[Math.min(next++, looks.length - 1)]!), ...given });
  };
  const HOUR_MS = 3_600_000;

  it('passes where nothing happens, and says how its requests went', async () => {
    expect(await seen([well(100, 50), well(130, 51)])).toEqual({
      name: 'watch',
      verdict: 'pass',
      message: 'nothing restarted, everything stayed ready, 1 of 30 requests failed',
      observed: { watch_ms: 0, restarts: 0, requests: 30, errors: 1 },
    });
    const unmeasured = await seen([{ restarts: 3, missing: [] }]);
    expect(unmeasured).toMatchObject({ verdict: 'pass', message: 'nothing restarted, everything stayed ready' });
    expect(unmeasured.observed).toEqual({ watch_ms: 0, restarts: 0 });
  });

  it.each([
    ['a restart', [well(), well(0, 0, 1)], 'a replica restarted while the release was watched'],
    ['too many failed requests', [well(), well(20, 2)], '2 of 20 requests failed while the release was watched'],
    ['a replica that stays out', [well(), unready], '1 of 2 replicas of web are ready while the release was watched'],
  ])('fails at once for %s, long before its window is over', async (_, looks, message) => {
    expect(await seen(looks, { watchMs: HOUR_MS })).toMatchObject({ verdict: 'fail', message });
  });

  it('forgives a replica that misses a probe and is ready again', async () => {
    const { message } = await seen([well(), well(), unready, well(), well(0, 0, 1)], { watchMs: HOUR_MS, unreadyMs: 500 });
    expect(message).toBe('a replica restarted while the release was watched');
  });

  it('is looked at twenty times while all is well, and often while something is missing', async () => {
    const looksIn = async (of: ReleaseFigures): Promise<number> => {
      let looks = 0;
      const given = { watchMs: 600, unreadyMs: 10_000, figures: () => Promise.resolve((looks++, of)) };
      await watchCheck({ ...at, ...given });
      return looks;
    };
    expect(await looksIn(well())).toBeLessThanOrEqual(23);
    expect(await looksIn(unready)).toBeGreaterThan(40);
  });

  it('cannot tell where too few requests failed to judge by', async () => {
    expect(await seen([well(), well(3, 1)])).toMatchObject({ verdict: 'inconclusive', message: '1 of only 3 requests failed' });
  });

  it('fails where the health endpoint does not answer in the end', async () => {
    const message = 'after the watch window GET /healthz answers 503, expected 200';
    expect(await seen([well()], { ask: () => answers(503) })).toMatchObject({ verdict: 'fail', message });
    expect(await seen([well()], { ask: () => answers(503), health: undefined })).toMatchObject({ verdict: 'pass' });
  });
});
