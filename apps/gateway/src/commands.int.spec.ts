import { deriveId, SlipwayError } from '@slipway/contracts';
import { eventually } from '@slipway/testing';
import { Contract } from './fixture/contract.fixture';
import { ok, startGatewayBench, type GatewayBench, type Responder } from './fixture/gateway.fixture';
import { sampleOf } from './fixture/sample.fixture';
import { routeNamed } from './routes/route-table';

const APPLY = '/api/v1/deploy/releases/rel-1/apply';
const release = sampleOf(routeNamed('applyRelease').response);
const never: Responder = () => new Promise(() => undefined);

describe('commands and queries', () => {
  let bench: GatewayBench;
  let contract: Contract;

  const call = async (method: string, path: string, options: { token?: string; body?: object; headers?: Record<string, string> } = {}) => {
    const response = await fetch(`${bench.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${options.token ?? (await bench.token())}`,
        ...(options.body ? { 'content-type': 'application/json' } : {}),
        ...options.headers,
      },
      ...(options.body ? { body: JSON.stringify(options.body) } : {}),
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Record<string, unknown> };
  };
  const header = (name: string): string[] => bench.calls.map(({ headers }) => headers.get(name));
  const ready = async (): Promise<{ status: number; failing: string[] }> => {
    const response = await fetch(`${bench.url}/healthz/ready`);
    const report = (await response.json()) as { failing: string[] };
    expect(Object.keys(report)).toEqual(['status', 'failing']);
    return { status: response.status, failing: report.failing };
  };

  beforeAll(async () => {
    bench = await startGatewayBench();
    contract = await Contract.of(bench.url);
  });
  afterAll(() => bench.stop());
  beforeEach(() => {
    bench.forget();
    bench.answer('rpc.release.apply-release', () => ok(release, 41));
    bench.answer('rpc.release.get-release', () => ok(release));
    for (const service of ['release', 'provisioning', 'approval-inbox', 'runtime-executor', 'audit']) {
      bench.answer(`rpc.${service}.list-projections`, () => ok({ items: [] }));
    }
  });

  it('carry the conversation that the caller names, and refuse what is no name', async () => {
    await call('POST', APPLY, { body: { preview_ref: 'a' }, headers: { 'slipway-conversation-id': 'chat:1' } });
    expect(header('Slipway-Conversation-Id')).toEqual(['chat:1']);
    const refused = await call('POST', APPLY, { body: { preview_ref: 'a' }, headers: { 'slipway-conversation-id': 'a b' } });
    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });

  it('take ui, cli and api as a source from the caller, and nothing that only the platform may say', async () => {
    for (const source of ['ui', 'cli', 'mcp', 'ai', 'system', 'webhook']) {
      await call('POST', APPLY, { body: { preview_ref: 'a' }, headers: { 'slipway-source': source } });
    }
    expect(header('Slipway-Source')).toEqual(['ui', 'cli', 'api', 'api', 'api', 'api']);
  });

  it('make the same command of the same key, and tell the service when the request differs', async () => {
    const headers = { 'idempotency-key': 'once' };
    for (const preview_ref of ['a', 'a', 'b']) await call('POST', APPLY, { body: { preview_ref }, headers });
    await call('POST', APPLY, { body: { preview_ref: 'a' } });
    const [first, second, third, fourth] = header('Slipway-Command-Id');
    expect([second, third]).toEqual([first, first]);
    expect(fourth).not.toBe(first);
    const digests = header('Slipway-Request-Digest');
    expect(digests[0]).toBe(digests[1]);
    expect(digests[2]).not.toBe(digests[0]);
    await call('POST', APPLY, { body: { preview_ref: 'a' }, headers, token: await bench.token({ sub: 'someone-else' }) });
    expect(header('Slipway-Command-Id').at(-1)).not.toBe(first);
  });

  it('let a caller read what the caller wrote, and nobody else wait for it', async () => {
    const token = await bench.token({ sub: 'writer' });
    const written = await call('POST', APPLY, { body: {}, token });
    expect(written.headers.get('slipway-position')).toBe('41');
    const get = (options: object) => call('GET', '/api/v1/deploy/releases/rel-1', options);
    await get({ token });
    await get({ token: await bench.token({ sub: 'reader' }) });
    await get({ token: await bench.token({ sub: 'reader' }), headers: { 'slipway-position': '7' } });
    expect(header('Slipway-Min-Position').slice(-3)).toEqual(['41', '', '7']);
  });

  it('let nobody read what is older than what they saw, whichever service they ask', async () => {
    bench.answer('rpc.release.get-release', () => ok(release, 52));
    bench.answer('rpc.audit.get-timeline', () => ok(sampleOf(routeNamed('getReleaseTimeline').response)));
    const path = `/api/v1/deploy/releases/${deriveId('release', 'seen')}`;
    const token = await bench.token({ sub: 'watcher' });
    expect((await call('GET', path, { token })).headers.get('slipway-position')).toBe('52');
    await call('GET', `${path}/timeline`, { token });
    expect(header('Slipway-Min-Position')).toEqual(['', '52']);
  });

  it('pass on source, correlation and trace', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await call('POST', APPLY, { body: {}, headers: { traceparent, 'x-request-id': 'mine', 'slipway-source': 'cli' } });
    await call('POST', APPLY, { body: {}, headers: { 'slipway-source': 'system' } });
    expect(header('Slipway-Correlation-Id')[0]).toBe('mine');
    expect(header('traceparent')[0]).toContain('0af7651916cd43dd8448eb211c80319c');
    expect(header('Slipway-Source')).toEqual(['cli', 'api']);
  });

  it('answer with the code and the words of the service’s refusal, and with nothing of an internal error', async () => {
    const refusal = new SlipwayError('slot_held', 'The slot is held; resume it first.', { by: 'approver' });
    bench.answer('rpc.release.apply-release', () => ({ ok: false, error: refusal.toWire() }));
    const refused = await call('POST', APPLY, { body: {} });
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'slot_held', detail: 'The slot is held; resume it first.', details: { by: 'approver' } },
    });
    bench.answer('rpc.release.apply-release', () => ({
      ok: false,
      error: { code: 'internal', message: 'password=hunter2', details: { stack: 'at secret.ts:1' } },
    }));
    const failed = await call('POST', APPLY, { body: {} });
    expect(failed.status).toBe(500);
    expect(JSON.stringify(failed.body)).not.toMatch(/hunter2|secret\.ts/);
  });

  it('say that a service is not running', async () => {
    bench.answer('rpc.release.apply-release', () => ({
      ok: false,
      error: new SlipwayError('dependency_unavailable', 'not running').toWire(),
    }));
    const refused = await call('POST', APPLY, { body: {} });
    expect([refused.status, refused.body['code'], refused.headers.get('retry-after')]).toEqual([503, 'dependency_unavailable', '1']);
  });

  it('say when to come back, where the service knows', async () => {
    const busy = new SlipwayError('too_many_requests', 'in a while', { retry_after_s: 21 });
    bench.answer('rpc.release.apply-release', () => ({ ok: false, error: busy.toWire() }));
    const refused = await call('POST', APPLY, { body: {} });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '21']);
  });

  it('show the read models of the services that answer, and which does not', async () => {
    bench.answer('rpc.audit.list-projections', () => ({
      ok: false,
      error: new SlipwayError('dependency_unavailable', 'The audit service is not running.').toWire(),
    }));
    const answered = await call('GET', '/api/v1/platform/projections');
    expect(answered).toMatchObject({
      status: 200,
      body: { items: [{ service: 'audit', state: 'stopped', error: 'The audit service is not running.' }] },
    });
    expect(contract.faults('GET', '/api/v1/platform/projections', { ...answered, contentType: 'application/json' })).toEqual([]);
  });

  it('are ready when every service answers', async () => {
    await eventually(async () => (await ready()).status === 200);
    bench.answer('rpc.audit.list-projections', () => ({
      ok: false,
      error: new SlipwayError('dependency_unavailable', 'no database').toWire(),
    }));
    await eventually(async () => (await ready()).status === 503);
    expect((await ready()).failing).toEqual(['audit']);
  });

  it('tell an unknown outcome from a refusal when NATS goes away, and recover by themselves', async () => {
    bench.answer('rpc.release.apply-release', never);
    const waiting = call('POST', APPLY, { body: {}, headers: { 'idempotency-key': 'lost' } });
    await eventually(() => header('Slipway-Command-Id').length === 1);
    await bench.nats.kill();
    const lost = await waiting;
    expect(lost).toMatchObject({
      status: 504,
      body: { code: 'outcome_unknown', details: { command_id: header('Slipway-Command-Id')[0] } },
    });
    expect(lost.body['detail']).toMatch(/same Idempotency-Key/);
    expect(contract.faults('POST', '/api/v1/deploy/releases/{id}/apply', { ...lost, contentType: 'application/problem+json' })).toEqual([]);
    const refused = await call('POST', APPLY, { body: {} });
    expect([refused.status, refused.body['code']]).toEqual([503, 'dependency_unavailable']);
    await eventually(async () => (await ready()).failing.includes('event_log'));
    await bench.nats.start();
    bench.answer('rpc.release.apply-release', () => ok(release, 42));
    await eventually(async () => (await call('POST', APPLY, { body: {} })).status === 200);
    await eventually(async () => (await ready()).status === 200);
  }, 60_000);

  it('are counted by route and status', async () => {
    const metrics = await bench.metrics();
    expect(metrics).toMatch(/slipway_http_requests_total\{[^}]*route="\/api\/v1\/deploy\/releases\/:id\/apply"[^}]*status="200"/);
  });
});
