import { healthCheck, smokeCheck, type Answer } from './endpoint-checks';

describe('endpoints of a release', () => {
  const ok: Answer = { status: 200, body: 'hello, world', failure: null };
  const none: Answer = { status: null, body: '', failure: 'connection refused' };
  const patience = { withinMs: 60_000, everyMs: 1, signal: new AbortController().signal };

  it('health: may take a moment to answer as expected', async () => {
    const answers = [none, { ...none, status: 503 }];
    const seen = await healthCheck(() => Promise.resolve(answers.shift() ?? ok), { path: '/healthz', expect_status: 200 }, patience);
    expect(seen).toMatchObject({
      name: 'health-endpoint',
      verdict: 'pass',
      message: 'GET /healthz answers 200',
      observed: { status: 200 },
    });
    expect(answers).toEqual([]);
  });

  it('health: fails when time is over, with what it answered last', async () => {
    const seen = await healthCheck(() => Promise.resolve(none), { path: '/healthz', expect_status: 200 }, { ...patience, withinMs: 0 });
    expect(seen).toMatchObject({ verdict: 'fail', message: 'GET /healthz answers nothing (connection refused), expected 200' });
  });

  it.each([
    [ok, {}, 'pass', 'GET / answers as expected'],
    [ok, { expect_body: 'hello' }, 'pass', 'GET / answers as expected'],
    [ok, { expect_body: 'bye' }, 'fail', "GET /: the body lacks 'bye'"],
    [{ ...ok, status: 500 }, { expect_body: 'bye' }, 'fail', 'GET / answers 500, expected 200'],
    [none, {}, 'fail', 'GET / answers nothing (connection refused), expected 200'],
  ])('smoke: %j with %j is a %s', async (answer, more, verdict, message) => {
    const test = { name: 'greets', path: '/', expect_status: 200, ...more };
    expect(await smokeCheck(() => Promise.resolve(answer), test)).toMatchObject({ name: 'smoke-greets', verdict, message });
  });
});
