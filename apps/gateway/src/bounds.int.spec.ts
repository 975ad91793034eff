import { LOGGER, type Logger } from '@slipway/service-kit';
import { eventually } from '@slipway/testing';
import { validateSync } from 'class-validator';
import { ok, startGatewayBench, type GatewayBench } from './fixture/gateway.fixture';
import { GatewayConfig } from './gateway.config';

describe('requests of one caller', () => {
  let bench: GatewayBench;
  beforeAll(async () => {
    bench = await startGatewayBench({ SLIPWAY_MAX_REQUESTS_OF_ACTOR: '3', SLIPWAY_TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8' });
  });
  afterAll(() => bench.stop());

  const get = async (path: string, given: { sub?: string; signal?: AbortSignal; headers?: Record<string, string> } = {}) => {
    const authorization = `Bearer ${await bench.token({ sub: given.sub ?? 'ann' })}`;
    const { signal } = given;
    return fetch(`${bench.url}/api/v1${path}`, { headers: { authorization, ...given.headers }, ...(signal ? { signal } : {}) });
  };

  it('are bounded while they are under way, also for one who leaves; those of others are not', async () => {
    let answer = (): void => undefined;
    const answering = new Promise<void>((resolve) => (answer = resolve));
    let isHeld = true;
    bench.answer('rpc.provisioning.list-projects', async () => {
      if (isHeld) await answering;
      return ok({ items: [], next_cursor: null });
    });
    const leaving = new AbortController();
    const held = [get('/projects'), get('/projects'), get('/projects', { signal: leaving.signal })];
    const gone = expect(held[2]).rejects.toThrow('aborted');
    await eventually(() => bench.calls.length === 3);
    isHeld = false;
    const refused = await get('/projects');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
    expect(await refused.json()).toMatchObject({ code: 'too_many_requests' });
    expect((await get('/projects', { sub: 'bob' })).status).toBe(200);
    leaving.abort();
    await gone;
    await eventually(async () => (await get('/projects')).status === 200);
    answer();
    expect((await Promise.all(held.slice(0, 2))).map(({ status }) => status)).toEqual([200, 200]);
  });

  it('do not count the streams that are open, which have a bound of their own', async () => {
    const leaving = new AbortController();
    const streams = Array.from({ length: 4 }, () => get('/events', { sub: 'eve', signal: leaving.signal }));
    expect((await Promise.all(streams)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await get('/projects', { sub: 'eve' })).status).toBe(200);
    leaving.abort();
  });

  it('are noted with the client that a trusted proxy names, and with what it says it is', async () => {
    const noted = jest.spyOn(bench.app.get<Logger>(LOGGER), 'info');
    await get('/projects', { headers: { 'x-forwarded-for': '198.51.100.1, 203.0.113.7, 10.0.0.5', 'user-agent': 'spec/1' } });
    await eventually(() => noted.mock.calls.length > 0);
    expect(noted.mock.calls.at(-1)![0]).toMatchObject({ client: '203.0.113.7', user_agent: 'spec/1', actor_id: 'ann' });
    noted.mockRestore();
  });

  it.each([
    ['', true],
    ['loopback, 10.0.0.0/8,fd00::/8', true],
    ['proxy.example.com', false],
    ['10.0.0.0/8;10.1.1.1', false],
  ])('takes %p for trusted proxies: %p', (value, isTaken) => {
    const config = Object.assign(new GatewayConfig(), { SLIPWAY_TRUSTED_PROXIES: value });
    expect(validateSync(config).some(({ property }) => property === 'SLIPWAY_TRUSTED_PROXIES')).toBe(!isTaken);
  });
});
