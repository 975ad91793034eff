import { environmentId, type Permission, type StoredGrant } from '@slipway/contracts';
import { eventually } from '@slipway/testing';
import { AccessLog, EVERYTHING } from './fixture/access-log.fixture';
import { ok, startGatewayBench, type GatewayBench } from './fixture/gateway.fixture';
import { SseReader } from './fixture/sse.fixture';

const RELEASES = '/api/v1/deploy/releases';
const READ: Permission = 'deploy:release:read';
const account = (actor_id: string, kind: 'service' | 'agent', parent: object | null = null): object => ({
  actor_id,
  kind,
  name: 'bot',
  title: 'bot',
  parent,
});
const binding = (
  role: string,
  ref: string,
  scope: Partial<Record<'kind' | 'project_id' | 'team_id' | 'environment_id', string>>,
): object => ({
  role,
  subject: { kind: 'actor', ref },
  scope: { kind: 'platform', team_id: '_', project_id: '_', environment_id: '_', ...scope },
});

describe('access by tokens of ours', () => {
  let bench: GatewayBench;
  let log: AccessLog;
  let position = 0;

  const get = async (path: string, token: string) => {
    const headers = { authorization: `Bearer ${token}`, 'slipway-position': String(position) };
    const response = await fetch(`${bench.url}${path}`, { headers });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const outcome = async (path: string, token: string): Promise<unknown> => {
    const { status, body } = await get(path, token);
    return status === 200 ? 200 : [status, body['code']];
  };
  /** What the gateway says of a token, once it has seen what was written. */
  const becomes = (path: string, token: string, expected: unknown): Promise<unknown> =>
    eventually(async () => {
      const now = await outcome(path, token);
      expect(now).toEqual(expected);
      return true;
    });
  const bind = async (id: string, detail: object, project = '_'): Promise<void> => {
    position = await log.append('binding', id, 'binding.created', detail, project);
  };
  const principal = (): Record<string, unknown> => {
    const token = bench.calls.at(-1)!.headers.get('Slipway-Token');
    return (JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { principal: Record<string, unknown> }).principal;
  };

  beforeAll(async () => {
    bench = await startGatewayBench();
    log = new AccessLog(bench);
    bench.answer('rpc.release.list-releases', () => ok({ items: [], next_cursor: null }));
    for (const [project, team] of [
      ['demo', 'web'],
      ['shop', '_'],
    ] as const) {
      await log.append('project', project, 'project.created', { name: project, title: project, team_id: team }, project);
    }
  });
  afterAll(() => bench.stop());
  beforeEach(() => bench.forget());

  it('work until they are revoked or expire, and not with another secret', async () => {
    const { token, id } = await log.token({ base: [EVERYTHING] });
    expect(await outcome(RELEASES, token)).toBe(200);
    expect(await outcome(RELEASES, `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`)).toEqual([401, 'unauthenticated']);
    await log.append('token', id, 'token.revoked', { reason: '' });
    await becomes(RELEASES, token, [401, 'token_revoked']);
    const old = await log.token({ base: [EVERYTHING], expires_at: new Date(Date.now() - 1).toISOString() });
    expect(await outcome(RELEASES, old.token)).toEqual([401, 'token_expired']);
    expect(await outcome(RELEASES, `slp_${'0'.repeat(24)}_${'A'.repeat(43)}`)).toEqual([401, 'unauthenticated']);
  });

  it('end with their parent, whichever of them was asked for', async () => {
    const parent = await log.token({ base: [EVERYTHING] });
    const child = await log.token({ base: [EVERYTHING], parent_token_id: parent.id });
    expect(await outcome(RELEASES, child.token)).toBe(200);
    await log.append('token', parent.id, 'token.revoked', { reason: '' });
    await becomes(RELEASES, child.token, [401, 'token_revoked']);
  });

  it('never allow more than their scope, nor more than their owner holds now', async () => {
    const scope: StoredGrant = { permissions: [READ], projects: ['demo'], environments: ['*'] };
    const { token } = await log.token({ scope: [{ ...scope, permissions: [READ, 'deploy:release:apply'] }], actor_id: 'nina' });
    await becomes(RELEASES, token, [403, 'forbidden']);
    await bind('bnd-nina', binding('viewer', 'nina', {}));
    await becomes(`${RELEASES}?project=demo`, token, 200);
    expect(principal()).toMatchObject({ actorId: 'nina', projects: ['demo'], roles: ['viewer'] });
    expect(principal()['permissions']).not.toContain('deploy:release:apply');
    expect(await outcome(`${RELEASES}?project=shop`, token)).toEqual([404, 'unknown_resource']);
    await log.append('binding', 'bnd-nina', 'binding.deleted', { reason: '' });
    await becomes(RELEASES, token, [403, 'forbidden']);
  });

  it('hold each role where it is bound, and nothing of one place in another', async () => {
    const dev = environmentId('shop', 'dev');
    await log.append('environment', environmentId('demo', 'prod'), 'environment.updated', { title: 'x' }, 'demo').catch(() => undefined);
    const { token } = await log.token({ actor_id: 'mia' });
    await bind('bnd-mia-1', binding('viewer', 'mia', { kind: 'project', project_id: 'demo' }), 'demo');
    await bind('bnd-mia-2', binding('developer', 'mia', { kind: 'environment', project_id: 'shop', environment_id: dev }), 'shop');
    await becomes(`${RELEASES}?project=shop`, token, 200);
    expect(principal()).toMatchObject({ projects: ['shop'], environments: [dev], roles: ['developer'] });
    const cancel = { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: '{}' };
    const elsewhere = await fetch(`${bench.url}${RELEASES}/rel-1/cancel?project=demo`, cancel);
    expect([elsewhere.status, ((await elsewhere.json()) as { code: string }).code]).toEqual([403, 'forbidden']);
    bench.forget();
    await fetch(`${bench.url}${RELEASES}/rel-1/cancel`, cancel);
    expect(principal()).toMatchObject({ projects: ['shop'], environments: [dev] });
  });

  it('reach all projects of a team, also later ones', async () => {
    const { token } = await log.token({ actor_id: 'tom' });
    await log.append('team', 'web', 'team.changed', { name: 'web', title: 'web', members: ['tom'] });
    const scope = { kind: 'team', team_id: 'web', project_id: '_', environment_id: '_' };
    await bind('bnd-team', { role: 'viewer', subject: { kind: 'team', ref: 'web' }, scope });
    await becomes(`${RELEASES}?project=demo`, token, 200);
    expect(await outcome(`${RELEASES}?project=later`, token)).toEqual([404, 'unknown_resource']);
    await log.append('project', 'later', 'project.created', { name: 'later', title: 'later', team_id: 'web' }, 'later');
    await becomes(`${RELEASES}?project=later`, token, 200);
  });

  it('of an agent never hold what approving takes, whatever is bound to it', async () => {
    position = await log.append('account', 'acc-agent', 'account.created', account('account:demo/bot', 'agent'), 'demo');
    await bind('bnd-agent', binding('admin', 'account:demo/bot', {}));
    const { token } = await log.token({ actor_id: 'account:demo/bot', actor_type: 'agent', account_id: 'acc-agent' });
    await becomes(RELEASES, token, 200);
    expect(principal()).toMatchObject({ actorType: 'agent' });
    expect(principal()['permissions']).not.toContain('deploy:release:approve');
    expect(principal()['permissions']).not.toContain('deploy:approval:review');
    expect(await outcome('/api/v1/access/view?project=demo&permission=deploy:approval:review&subject=account:demo/bot', token)).toBe(200);
  });

  it('of a delegate name the person behind it, and end with what the person may', async () => {
    const parent = { actor_id: 'pia', base: [], scope: [EVERYTHING], token_id: null, expires_at: null };
    await log.append('account', 'acc-delegate', 'account.created', account('delegate:pia/helper', 'agent', parent));
    await bind('bnd-pia', binding('developer', 'pia', { kind: 'project', project_id: 'demo' }), 'demo');
    const { token } = await log.token({ actor_id: 'delegate:pia/helper', actor_type: 'agent', account_id: 'acc-delegate' });
    await becomes(`${RELEASES}?project=demo`, token, 200);
    expect(principal()).toMatchObject({ actorId: 'delegate:pia/helper', onBehalfOf: 'pia', projects: ['demo'] });
    const seen = { actor_id: 'pia', issuer: 'test', name: 'Pia', groups: [], claims: [] };
    await log.append('account', 'acc-pia', 'account.seen', seen);
    await log.append('account', 'acc-pia', 'account.disabled', { reason: 'left' });
    await becomes(`${RELEASES}?project=demo`, token, [403, 'forbidden']);
  });

  it('close event streams when they are revoked, and let them be opened anew when grants change', async () => {
    const { token, id } = await log.token({ actor_id: 'sue' });
    await bind('bnd-sue', binding('viewer', 'sue', {}));
    await becomes(RELEASES, token, 200);
    const open = () => SseReader.open<unknown>(`${bench.url}/api/v1/events`, { authorization: `Bearer ${token}` });
    const first = await open();
    await bind('bnd-sue-2', binding('developer', 'sue', {}));
    expect(await eventually(() => first.seen.find(({ event }) => event === 'resume'))).toBeTruthy();
    const second = await open();
    await log.append('token', id, 'token.revoked', { reason: '' });
    expect(await eventually(() => second.seen.find(({ event }) => event === 'token_expired'))).toBeTruthy();
  });

  it('make tokens whose secret no service sees, and show it once', async () => {
    log.serveSignIn();
    bench.forget();
    const headers = { authorization: `Bearer ${await bench.token({ sub: 'ann' })}`, 'content-type': 'application/json' };
    const response = await fetch(`${bench.url}/api/v1/access/tokens`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ name: 'laptop' }),
    });
    const made = (await response.json()) as { secret: string; token_id: string; status: string };
    expect([response.status, made.status]).toEqual([201, 'active']);
    expect(JSON.stringify(bench.calls.map(({ body }) => body))).not.toContain(made.secret.slice(-43));
    expect(await outcome(RELEASES, made.secret)).toBe(200);
    const { body } = await get('/api/v1/access/tokens', made.secret);
    expect(body['items']).toMatchObject([{ token_id: made.token_id, name: 'laptop' }, ...(body['items'] as unknown[]).slice(1)]);
    expect(JSON.stringify(body)).not.toContain('secret');
  });

  it('are listed page by page, the latest first, as are accounts and bindings', async () => {
    const { token } = await log.token({ actor_id: 'pam', name: 'first' });
    for (const name of ['second', 'third']) await log.token({ actor_id: 'pam', name });
    await bind('bnd-pam', binding('viewer', 'pam', {}));
    await becomes(RELEASES, token, 200);
    const first = (await get('/api/v1/access/tokens?limit=2', token)).body as { items: { name: string }[]; next_cursor: string };
    expect(first.items.map(({ name }) => name)).toEqual(['third', 'second']);
    const rest = await get(`/api/v1/access/tokens?limit=2&cursor=${first.next_cursor}`, token);
    expect(rest.body).toMatchObject({ items: [{ name: 'first' }], next_cursor: null });
    const admin = await bench.token({ sub: 'root' });
    for (const list of ['accounts', 'bindings']) {
      const { body } = await get(`/api/v1/access/${list}?limit=1`, admin);
      expect([list, (body['items'] as unknown[]).length, typeof body['next_cursor']]).toEqual([list, 1, 'string']);
      expect(await outcome(`/api/v1/access/${list}?cursor=rubbish`, admin)).toEqual([400, 'invalid_request']);
    }
  });

  it('say who may do what where, and why', async () => {
    const admin = await bench.token({ sub: 'root' });
    const { body } = await get('/api/v1/access/view?project=demo&subject=tom', admin);
    expect(body['items']).toMatchObject([
      {
        subject: 'tom',
        permissions: [{ permission: READ, because: [{ role: 'viewer', via: 'team:web', binding_id: 'bnd-team' }] }, {}, {}, {}],
      },
    ]);
    const other = await bench.token({ sub: 'stranger', projects: ['shop'] });
    expect(await outcome('/api/v1/access/view?project=demo', other)).toEqual([404, 'unknown_resource']);
  });
});
