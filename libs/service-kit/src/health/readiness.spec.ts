import { Readiness } from './readiness';

describe('readiness', () => {
  const opened = (options: ConstructorParameters<typeof Readiness>[0] = {}): Readiness => {
    const readiness = new Readiness(options);
    readiness.open();
    return readiness;
  };

  it('names the check that fails and why', async () => {
    const readiness = opened();
    readiness.add({ name: 'event_log', run: () => undefined });
    readiness.add({
      name: 'database',
      run: () => {
        throw new Error('connection refused');
      },
    });
    const report = await readiness.report();
    expect(report).toMatchObject({ status: 'not_ready', failing: ['database'] });
    expect(report.checks).toMatchObject({ event_log: { ok: true }, database: { ok: false, error: 'connection refused' } });
  });

  it('gives up on a check that hangs, and tells it so', async () => {
    const readiness = opened({ timeoutMs: 20 });
    let aborted = false;
    readiness.add({ name: 'database', run: (signal) => new Promise(() => signal.addEventListener('abort', () => (aborted = true))) });
    expect(await readiness.report()).toMatchObject({ failing: ['database'], checks: { database: { error: 'no result within 20 ms' } } });
    expect(aborted).toBe(true);
  });

  it('runs the checks once for callers at the same moment, and keeps a report while it is fresh', async () => {
    const readiness = opened({ maxAgeMs: 60_000 });
    let runs = 0;
    readiness.add({ name: 'database', run: () => void runs++ });
    await Promise.all([readiness.report(), readiness.report(), readiness.report()]);
    await readiness.report();
    expect(runs).toBe(1);
  });

  it('gives who must not wait the last good report, and makes a newer one meanwhile', async () => {
    const readiness = opened({ maxAgeMs: 0 });
    let away = false;
    readiness.add({
      name: 'database',
      run: () => {
        if (away) throw new Error('away');
      },
    });
    expect(await readiness.recent()).toMatchObject({ status: 'ready' });
    away = true;
    expect(await readiness.recent()).toMatchObject({ status: 'ready' });
    await readiness.report();
    expect(await readiness.recent()).toMatchObject({ status: 'not_ready', failing: ['database'] });
    away = false;
    expect(await readiness.recent()).toMatchObject({ status: 'ready' });
  });

  it('is off before the start is over and while draining, whatever the checks say', async () => {
    const readiness = new Readiness();
    expect(await readiness.report()).toMatchObject({ status: 'not_ready', failing: ['starting'] });
    readiness.open();
    expect(await readiness.report()).toMatchObject({ status: 'ready' });
    readiness.close('draining');
    expect(await readiness.report()).toMatchObject({ status: 'not_ready', failing: ['draining'] });
  });
});
