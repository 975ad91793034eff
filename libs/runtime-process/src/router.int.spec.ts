import { Agent, request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { ask, ROLLING, Scenario, until } from '@slipway/runtime-target';
import { ProcessHarness } from './testing/process-harness';

jest.setTimeout(60_000);

describe("a slot's router", () => {
  let harness: ProcessHarness;
  let scenario: Scenario;
  beforeAll(async () => {
    harness = new ProcessHarness();
    scenario = new Scenario(harness);
    await scenario.deploy(await scenario.release('v1', ROLLING));
  });
  afterAll(() => harness.close());

  const send = async (
    options: { method?: string; path?: string; headers?: Record<string, string | string[]> },
    body?: string,
  ): Promise<IncomingMessage> => {
    const url = new URL(options.path ?? '/', await scenario.url());
    return new Promise((resolve, reject) => {
      request(url, { ...options, agent: false }, resolve)
        .once('error', reject)
        .end(body);
    });
  };
  const headersSeen = async (headers: Record<string, string | string[]>): Promise<Record<string, string>> => {
    const response = await send({ headers });
    let text = '';
    for await (const chunk of response) text += String(chunk);
    return (JSON.parse(text) as { headers: Record<string, string> }).headers;
  };
  /** Raw bytes to the router's port and back. */
  const raw = async (text: string): Promise<string> => {
    const { port } = new URL(await scenario.url());
    return new Promise((resolve, reject) => {
      let answer = '';
      const socket = connect({ host: '127.0.0.1', port: Number(port) }, () => socket.write(text));
      socket.setEncoding('utf8').on('data', (data: string) => {
        answer += data;
        if (answer.includes('ping') || answer.includes('\r\n\r\n')) socket.end();
      });
      socket.once('close', () => resolve(answer));
      socket.once('error', reject);
    });
  };

  it('spreads requests over the ready replicas', async () => {
    const pids = new Set<number>();
    for (let turn = 0; turn < 6; turn++) pids.add((JSON.parse((await ask(await scenario.url())).body) as { pid: number }).pid);
    expect(pids.size).toBe(2);
  });

  it('keeps what is of the connection to itself and tells who asked', async () => {
    const seen = await headersSeen({
      connection: 'keep-alive, x-private',
      'x-private': '1',
      te: 'trailers',
      'x-forwarded-for': '10.1.2.3',
      host: 'shop.example',
    });
    expect(seen).toMatchObject({
      host: 'shop.example',
      'x-forwarded-host': 'shop.example',
      'x-forwarded-proto': 'http',
      'x-forwarded-for': '10.1.2.3, 127.0.0.1',
    });
    expect(seen).not.toHaveProperty('x-private');
    expect(seen).not.toHaveProperty('te');
  });

  it('passes upgraded connections through', async () => {
    const answer = await raw('GET /socket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\nping');
    expect(answer).toMatch(/^HTTP\/1.1 101 /);
    expect(answer).toContain('ping');
  });

  it('answers a body of unknown length on a method without one, and nothing after it', async () => {
    const answer = await raw('GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\nhello\r\n0\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1.1 200 /);
    expect(answer.match(/HTTP\/1.1/g)).toHaveLength(1);
  });

  it('refuses a request that two parsers could read differently', async () => {
    const answer = await raw('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
  });

  it('breaks off when the replica dies in the middle of its answer', async () => {
    const response = await send({ path: '/half' });
    await expect(
      (async () => {
        for await (const chunk of response) void chunk;
      })(),
    ).rejects.toThrow('aborted');
    await until('both replicas are back', async () => (await scenario.observe()).replicas.every(({ ready }) => ready));
  });

  it('answers 502 to what must not be repeated when the replica dies over it, and repeats what may be', async () => {
    expect((await ask(`${await scenario.url()}/die`, 'POST')).status).toBe(502);
    await until('both replicas are back', async () => (await scenario.observe()).replicas.every(({ ready }) => ready));
    const agent = new Agent({ keepAlive: true });
    expect((await ask(`${await scenario.url()}/die`, 'GET', agent)).status).toBe(502);
    agent.destroy();
    await until('both replicas are back', async () => (await scenario.observe()).replicas.every(({ ready }) => ready), 30_000);
  });

  it('lets an open request finish while its replica is replaced', async () => {
    const slow = ask(`${await scenario.url()}/slow?ms=1500`);
    await scenario.deploy(await scenario.release('v2', ROLLING));
    expect(await slow).toMatchObject({ status: 200, body: '{"version":"v1"}' });
    expect(await scenario.answer()).toBe('v2');
  });

  it('says in words when nothing is ready', async () => {
    const { releaseId } = await scenario.observe();
    const scale = { fence: 2 ** 40, scale: { web: 0 } };
    await harness.hostCall('POST', `/slots/${scenario.slotId}/releases/${releaseId}/scale`, scale);
    await until('it is drained', async () => (await scenario.observe()).replicas.length === 0);
    const answer = await ask(await scenario.url());
    expect(answer.status).toBe(503);
    expect(JSON.parse(answer.body)).toMatchObject({ status: 503, code: 'no_ready_replica' });
  });
});
