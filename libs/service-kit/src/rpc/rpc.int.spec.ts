import { Controller, Inject } from '@nestjs/common';
import { ROOT_CONTEXT, context, trace } from '@opentelemetry/api';
import { requirePermissions, requireProject, SlipwayError, type ReleaseView, type RpcRequest } from '@slipway/contracts';
import { startNats, eventually, type NatsServer } from '@slipway/testing';
import { connect, headers as natsHeaders } from '@nats-io/transport-node';
import { currentCall } from '../context/call-context';
import { activeTraceparent, inSpan, startTracing } from '../telemetry/tracing';
import { NatsLink } from '../nats/nats-link';
import { answer, type Answer } from './answer';
import type { CallerContext } from './caller-context';
import { Caller, Rpc, RpcBody } from './decorators';
import { captureLogs, principal, rpcBench, type RpcBench } from './rpc.fixture';

const STATE = Symbol('state');
interface State {
  seen: CallerContext[];
  contexts: unknown[];
  block?: Promise<void>;
  /** Only this release waits for `block`; all do unless given. */
  blocked?: string;
  fail?: Error;
}
const viewOf = (id: string): ReleaseView => ({ release_id: id }) as ReleaseView;

@Controller()
class ReleaseStub {
  constructor(@Inject(STATE) private readonly state: State) {}

  @Rpc('release', 'apply-release')
  async apply(@RpcBody() body: RpcRequest<'release', 'apply-release'>, @Caller() caller: CallerContext): Promise<Answer<ReleaseView>> {
    requirePermissions(caller.principal, 'deploy:release:apply');
    requireProject(caller.principal, body.project ?? 'demo', 'release', body.id);
    return this.record(body.id, caller, 7);
  }

  @Rpc('release', 'get-release')
  async get(@RpcBody() body: RpcRequest<'release', 'get-release'>, @Caller() caller: CallerContext): Promise<Answer<ReleaseView>> {
    return this.record(body.id, caller, null);
  }

  private async record(id: string, caller: CallerContext, position: number | null): Promise<Answer<ReleaseView>> {
    this.state.seen.push(caller);
    this.state.contexts.push({ call: currentCall(), traceparent: activeTraceparent() });
    if (this.state.blocked === undefined || this.state.blocked === id) await this.state.block;
    if (this.state.fail) throw this.state.fail;
    return answer(viewOf(id), position);
  }
}

describe('RPC over NATS', () => {
  let nats: NatsServer;
  let bench: RpcBench;
  let stopTracing: () => Promise<void>;
  let state: State;
  const replica = (given: State = state) => bench.replica([ReleaseStub], [{ provide: STATE, useValue: given }]);
  const operator = principal({ permissions: ['deploy:release:read', 'deploy:release:apply'] });

  beforeAll(async () => {
    nats = await startNats({ syncInterval: '2m' });
    stopTracing = await startTracing({ service: 'test', instance: 'one' });
  });
  afterAll(async () => {
    await stopTracing();
    await nats.stop();
  });
  beforeEach(async () => {
    state = { seen: [], contexts: [] };
    bench = await rpcBench(nats.url);
  });
  afterEach(() => bench.close());

  it('carries value, position, caller and command from client to handler and back', async () => {
    await replica();
    const caller = await bench.caller({ requestDigest: 'sha256:abc', minPosition: 41, correlationId: 'cor-9' }, operator);
    const reply = await bench.client.call('release', 'apply-release', { id: 'rel-1', preview_ref: 'sha256:1' }, caller);
    expect(reply).toEqual({ value: { release_id: 'rel-1' }, position: 7 });
    const seen = state.seen[0]!;
    expect(seen.principal).toEqual(operator);
    expect(seen.minPosition).toBe(41);
    expect(seen.commandContext()).toMatchObject({
      commandId: caller.commandId,
      causationId: caller.commandId,
      correlationId: 'cor-9',
      requestDigest: 'sha256:abc',
      principal: { actorId: 'ann', actorType: 'human' },
      source: 'api',
    });
    expect(state.contexts[0]).toMatchObject({ call: { correlationId: 'cor-9', causationId: caller.commandId } });
  });

  it('checks permission and project again in the service, and answers by code', async () => {
    await replica();
    const body = { id: 'rel-1', preview_ref: 'x' };
    await expect(bench.client.call('release', 'apply-release', body, await bench.caller())).rejects.toMatchObject({
      code: 'forbidden',
      details: { permission: 'deploy:release:apply' },
    });
    const elsewhere = await bench.caller({}, { ...operator, projects: ['other'] });
    await expect(bench.client.call('release', 'apply-release', body, elsewhere)).rejects.toMatchObject({ code: 'unknown_resource' });
    expect(state.seen).toHaveLength(0);
  });

  it('refuses a token that this gateway did not sign before the handler runs', async () => {
    await replica();
    const other = await rpcBench(nats.url);
    const forged = await other.caller({}, operator);
    await other.close();
    await expect(bench.client.call('release', 'get-release', { id: 'rel-1' }, forged)).rejects.toMatchObject({ code: 'unauthenticated' });
    const none = { ...forged, token: '' };
    await expect(bench.client.call('release', 'get-release', { id: 'rel-1' }, none)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(state.seen).toHaveLength(0);
  });

  it('logs what went wrong inside and sends none of it', async () => {
    const { logs } = await replica();
    state.fail = new Error('relation "secret_table" does not exist');
    const failure = bench.client.call('release', 'get-release', { id: 'rel-1' }, await bench.caller());
    await expect(failure).rejects.toMatchObject({ code: 'internal', message: expect.not.stringContaining('secret_table') });
    const line = logs.lines().find((entry) => entry.msg === 'rpc failed');
    expect(line).toMatchObject({
      correlation_id: 'cor-1',
      verb: 'get-release',
      error: { message: expect.stringContaining('secret_table') },
    });
  });

  it('answers dependency_unavailable when the database refuses connections', async () => {
    await replica();
    state.fail = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' });
    const failure = bench.client.call('release', 'get-release', { id: 'rel-1' }, await bench.caller());
    await expect(failure).rejects.toMatchObject({ code: 'dependency_unavailable', retryable: true });
  });

  it('accepts no command, but still queries, while the log is not sound', async () => {
    const { gate } = await replica();
    gate.add({
      assertSound: () => {
        throw new SlipwayError('log_behind_checkpoint', 'the log has lost events');
      },
    });
    const caller = await bench.caller({}, operator);
    await expect(bench.client.call('release', 'apply-release', { id: 'rel-1' }, caller)).rejects.toMatchObject({
      code: 'log_behind_checkpoint',
    });
    await expect(bench.client.call('release', 'get-release', { id: 'rel-1' }, caller)).resolves.toMatchObject({ position: null });
  });

  it('accepts no command while something it must write to is away', async () => {
    const { readiness } = await replica();
    readiness.add({
      name: 'database',
      run: () => {
        throw new Error('connection refused');
      },
    });
    const caller = await bench.caller({}, operator);
    const refused = bench.client.call('release', 'apply-release', { id: 'rel-1' }, caller);
    await expect(refused).rejects.toMatchObject({ code: 'dependency_unavailable', details: { failing: ['database'] } });
    await expect(bench.client.call('release', 'get-release', { id: 'rel-1' }, caller)).resolves.toMatchObject({ position: null });
  });

  it('continues the trace of the caller in the callee', async () => {
    await replica();
    const caller = await bench.caller();
    const traceId = await context.with(ROOT_CONTEXT, () =>
      inSpan('outer', {}, async (span) => {
        await bench.client.call('release', 'get-release', { id: 'rel-1' }, caller);
        return span.spanContext().traceId;
      }),
    );
    const seen = state.contexts[0] as { traceparent: string };
    expect(seen.traceparent.split('-')[1]).toBe(traceId);
    expect(trace.getActiveSpan()).toBeUndefined();
  });

  it('shares requests among replicas, each handled once', async () => {
    const other: State = { seen: [], contexts: [] };
    await replica();
    await replica(other);
    const caller = await bench.caller();
    await Promise.all(Array.from({ length: 200 }, (_, n) => bench.client.call('release', 'get-release', { id: `rel-${n}` }, caller)));
    expect(state.seen.length + other.seen.length).toBe(200);
    expect(Math.min(state.seen.length, other.seen.length)).toBeGreaterThan(0);
  });

  it('says at once that a service is not running', async () => {
    const failure = bench.client.call('release', 'apply-release', { id: 'rel-1' }, await bench.caller());
    await expect(failure).rejects.toMatchObject({ code: 'dependency_unavailable', details: { service: 'release' } });
  });

  it('says that nothing was started when it is closing its own connection', async () => {
    await replica();
    const caller = await bench.caller({}, operator);
    const closing = bench.link.connection.drain();
    const refused = bench.client.call('release', 'apply-release', { id: 'rel-1' }, caller);
    await expect(refused).rejects.toMatchObject({ code: 'dependency_unavailable' });
    await closing;
    expect(state.seen).toHaveLength(0);
  });

  it('does not know the outcome of a command that got no answer in time, and knows that of a query', async () => {
    await replica();
    let release = (): void => undefined;
    state.block = new Promise((resolve) => (release = resolve));
    const [commander, reader] = [await bench.caller({}, operator), await bench.caller()];
    const soon = (): number => Date.now() + 200;
    const command = bench.client.call('release', 'apply-release', { id: 'rel-1' }, { ...commander, deadline: soon() });
    await expect(command).rejects.toMatchObject({ code: 'outcome_unknown', details: { command_id: expect.any(String) } });
    const query = bench.client.call('release', 'get-release', { id: 'rel-1' }, { ...reader, deadline: soon() });
    await expect(query).rejects.toMatchObject({ code: 'dependency_unavailable' });
    release();
  });

  it('does not start what nobody waits for any more', async () => {
    await replica();
    const raw = await connect({ servers: nats.url });
    const headers = natsHeaders();
    headers.set('Slipway-Deadline', String(Date.now() - 1));
    const reply = await raw.request('rpc.release.apply-release', JSON.stringify({ id: 'rel-1' }), { headers, timeout: 2_000 });
    expect(reply.json()).toMatchObject({ ok: false, error: { code: 'dependency_unavailable' } });
    expect(state.seen).toHaveLength(0);
    await raw.close();
  });

  it('answers a request that is no JSON', async () => {
    await replica();
    const raw = await connect({ servers: nats.url });
    const reply = await raw.request('rpc.release.get-release', '{"id":', { timeout: 2_000 });
    expect(reply.json()).toMatchObject({ ok: false, error: { code: 'internal' } });
    await raw.close();
  });

  it('keeps surplus requests in line and says how many', async () => {
    let release = (): void => undefined;
    state.block = new Promise((resolve) => (release = resolve));
    const { metrics, server } = await bench.replica([ReleaseStub], [{ provide: STATE, useValue: state }], 2);
    const caller = await bench.caller();
    const calls = Array.from({ length: 5 }, (_, n) => bench.client.call('release', 'get-release', { id: `rel-${n}` }, caller));
    await eventually(() => server.pending === 5);
    const text = await metrics.registry.metrics();
    expect(text).toMatch(/slipway_rpc_in_flight\{[^}]*\} 2/);
    expect(text).toMatch(/slipway_rpc_queue_depth\{[^}]*\} 3/);
    release();
    await Promise.all(calls);
    expect(await metrics.registry.metrics()).toMatch(/slipway_rpc_requests_total\{verb="get-release"[^}]*\} 5/);
  });

  it('drains: takes nothing new, answers what it has', async () => {
    let release = (): void => undefined;
    state.block = new Promise((resolve) => (release = resolve));
    state.blocked = 'rel-1';
    const first = await replica();
    const running = bench.client.call('release', 'get-release', { id: 'rel-1' }, await bench.caller());
    await eventually(() => state.seen.length === 1);
    const closing = first.server.close();
    await eventually(async () => {
      const refused: unknown = await bench.client
        .call('release', 'get-release', { id: 'rel-2' }, await bench.caller())
        .catch((error: unknown) => error);
      return refused instanceof SlipwayError && refused.code === 'dependency_unavailable';
    });
    release();
    await expect(running).resolves.toMatchObject({ value: { release_id: 'rel-1' } });
    await closing;
    expect(first.server.pending).toBe(0);
  });
});

describe('RPC while nats-server dies and comes back', () => {
  it('refuses promptly while it is away, tells a lost command from a lost query, and works again by itself', async () => {
    const nats = await startNats();
    const bench = await rpcBench(nats.url);
    const state: State = { seen: [], contexts: [] };
    await bench.replica([ReleaseStub], [{ provide: STATE, useValue: state }]);
    const operator = principal({ permissions: ['deploy:release:apply'] });
    const caller = await bench.caller({ deadline: Date.now() + 60_000 }, operator);
    let release = (): void => undefined;
    state.block = new Promise((resolve) => (release = resolve));
    const command = bench.client.call('release', 'apply-release', { id: 'rel-1' }, caller);
    const query = bench.client.call('release', 'get-release', { id: 'rel-1' }, caller);
    await eventually(() => state.seen.length === 2);
    await nats.kill();
    await expect(command).rejects.toMatchObject({ code: 'outcome_unknown' });
    await expect(query).rejects.toMatchObject({ code: 'dependency_unavailable' });
    await expect(bench.client.call('release', 'apply-release', { id: 'rel-2' }, caller)).rejects.toMatchObject({
      code: 'dependency_unavailable',
    });
    release();
    state.block = undefined;
    await nats.start();
    const later = await eventually(() => bench.client.call('release', 'get-release', { id: 'rel-3' }, caller));
    expect(later.value.release_id).toBe('rel-3');
    await bench.close();
    await nats.stop();
  });

  it('logs the loss once and the return', async () => {
    const nats = await startNats({ syncInterval: '2m' });
    const logs = captureLogs();
    const link = await NatsLink.open({
      url: nats.url,
      user: 'release',
      password: 'unused',
      service: 'release',
      instance: 'one',
      logger: logs.logger,
    });
    await nats.kill();
    await eventually(() => !link.connected);
    await nats.start();
    await eventually(() => link.connected);
    const messages = logs.lines().map((line) => line.msg);
    expect(messages.filter((message) => message === 'nats connection lost, reconnecting')).toHaveLength(1);
    expect(messages).toContain('nats reconnected');
    await link.close();
    await nats.stop();
  });
});
