import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { deriveId } from '@slipway/contracts';
import { INTERNAL_TOKEN } from '@slipway/service-kit';
import { eventually } from '@slipway/testing';
import { AccessLog } from './fixture/access-log.fixture';
import { ok, startGatewayBench, type GatewayBench, type RpcCall } from './fixture/gateway.fixture';
import { sampleOf } from './fixture/sample.fixture';
import { SseReader } from './fixture/sse.fixture';
import { routeNamed } from './routes/route-table';

const RELEASE = deriveId('release', 'one');
const TIMELINE = { release_id: RELEASE, entries: [], next_cursor: null };
/** What was under way may end this long after its credential did (issue 4). */
const BOUND_MS = 30_000;

/** What is under way when its credential is revoked: each kind ends by itself, within the bound, and nothing begins anew. */
describe('a revocation reaches', () => {
  let bench: GatewayBench;
  let log: AccessLog;
  /** It needs nobody, so that whoever watches it waits. */
  const release = (status: string) => ({
    ...(sampleOf(routeNamed('getRelease').response, true) as object),
    release_id: RELEASE,
    status,
    paused: false,
  });
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const refusalOf = async (token: string): Promise<unknown> => {
    const response = await fetch(`${bench.url}/api/v1/deploy/releases`, { headers: bearer(token) });
    return [response.status, ((await response.json()) as { code?: string }).code];
  };
  /** A token that works, and how to take it back. @returns how long its work went on */
  const revocable = async () => {
    const { token, id } = await log.token({
      base: [{ permissions: ['deploy:release:read', 'deploy:release:apply'], projects: ['demo'], environments: ['*'] }],
    });
    await eventually(async () => ((await refusalOf(token)) as unknown[])[0] === 200);
    const endsAfterRevocation = async (work: Promise<unknown>): Promise<number> => {
      await log.append('token', id, 'token.revoked', { reason: 'lost' });
      const since = Date.now();
      await work;
      return Date.now() - since;
    };
    return { token, endsAfterRevocation };
  };

  beforeAll(async () => {
    bench = await startGatewayBench();
    log = new AccessLog(bench);
    await log.append('project', 'demo', 'project.created', { name: 'demo', title: 'demo', team_id: '_' }, 'demo');
    bench.answer('rpc.release.list-releases', () => ok({ items: [], next_cursor: null }));
    bench.answer('rpc.release.get-release', () => ok(release('applying')));
    bench.answer('rpc.audit.get-timeline', () => ok(TIMELINE));
  });
  afterAll(() => bench?.stop());
  beforeEach(() => bench.forget());

  it.each(['/api/v1/events', `/api/v1/deploy/releases/${RELEASE}/timeline`, `/api/v1/deploy/releases/${RELEASE}/logs`])(
    'the open stream %s',
    async (path) => {
      const { token, endsAfterRevocation } = await revocable();
      const stream = await SseReader.open<unknown>(`${bench.url}${path}`, bearer(token));
      expect(stream.response.status).toBe(200);
      const told = eventually(() => stream.seen.find(({ event }) => event === 'token_expired'));
      expect(await endsAfterRevocation(told)).toBeLessThan(BOUND_MS);
      expect(await refusalOf(token)).toEqual([401, 'token_revoked']);
    },
  );

  it('the tool call that an MCP session waits for, and the session', async () => {
    const { token, endsAfterRevocation } = await revocable();
    const transport = new StreamableHTTPClientTransport(new URL(`${bench.url}/mcp`), { requestInit: { headers: bearer(token) } });
    const client = new Client({ name: 'spec', version: '1' });
    await client.connect(transport);
    const watching = client.callTool({ name: 'watch_release', arguments: { release_id: RELEASE, wait_s: 600 } });
    await eventually(() => bench.calls.some(({ subject }) => subject === 'rpc.audit.get-timeline'));
    expect(await endsAfterRevocation(watching)).toBeLessThan(BOUND_MS);
    expect((await watching).structuredContent).toMatchObject({ ended: false });
    await expect(client.callTool({ name: 'find_releases', arguments: {} })).rejects.toThrow(/token_revoked|401|Unauthorized/i);
    await client.close();
  });

  it('a queued command: what carries it is worth nothing once the bound is over', async () => {
    const { token, endsAfterRevocation } = await revocable();
    let answer: () => void = () => undefined;
    const queued = new Promise<void>((resolve) => (answer = resolve));
    let taken: RpcCall | undefined;
    bench.answer('rpc.release.cancel-release', async (call) => {
      taken = call;
      await queued;
      return ok(release('cancelled'), 3);
    });
    const cancelling = fetch(`${bench.url}/api/v1/deploy/releases/${RELEASE}/cancel`, {
      method: 'POST',
      headers: { ...bearer(token), 'content-type': 'application/json' },
      body: '{}',
    });
    await eventually(() => taken !== undefined);
    const [, claims] = taken!.headers.get('Slipway-Token').split('.');
    const { exp, iat } = JSON.parse(Buffer.from(claims!, 'base64url').toString()) as { exp: number; iat: number };
    expect(exp - iat).toBeLessThanOrEqual(BOUND_MS / 1000);
    expect(INTERNAL_TOKEN.lifetimeS).toBeLessThanOrEqual(BOUND_MS / 1000);
    expect(Number(taken!.headers.get('Slipway-Deadline'))).toBeLessThanOrEqual(exp * 1000);
    // A service refuses what is past either (libs/service-kit: internal-token.spec.ts, rpc.int.spec.ts).
    const again = async (): Promise<void> => {
      await eventually(async () => ((await refusalOf(token)) as unknown[])[0] === 401);
      answer();
      expect((await cancelling).status).toBe(200);
    };
    expect(await endsAfterRevocation(again())).toBeLessThan(BOUND_MS);
    expect(await refusalOf(token)).toEqual([401, 'token_revoked']);
  });
});
