import type { SessionView } from '@slipway/contracts';
import { eventually } from '@slipway/testing';
import { AccessLog } from './fixture/access-log.fixture';
import { MOST_SESSIONS } from './auth/sessions';
import { ok, startGatewayBench, type GatewayBench } from './fixture/gateway.fixture';
import { SseReader } from './fixture/sse.fixture';

const READ = '/api/v1/deploy/releases';
const PREVIEW = '/api/v1/deploy/releases/rel-1/cancel';

interface Web {
  readonly status: number;
  readonly cookie: string;
  readonly attributes: string;
  readonly view: SessionView;
}

describe('a session of the web', () => {
  let bench: GatewayBench;
  let log: AccessLog;

  const post = (path: string, headers: Record<string, string>, body?: object): Promise<Response> =>
    fetch(`${bench.url}${path}`, {
      method: 'POST',
      headers: { ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  const signIn = async (token: string): Promise<Web> => {
    const response = await post('/auth/session', {}, { token });
    const [cookie, ...attributes] = (response.headers.get('set-cookie') ?? '').split('; ');
    return { status: response.status, cookie: cookie!, attributes: attributes.join('; '), view: (await response.json()) as SessionView };
  };
  const code = async (response: Response): Promise<unknown> => [response.status, ((await response.json()) as { code?: string }).code];

  beforeAll(async () => {
    bench = await startGatewayBench();
    log = new AccessLog(bench);
  });
  afterAll(() => bench.stop());
  beforeEach(() => {
    bench.forget();
    log.serveSignIn();
    bench.answer('rpc.release.list-releases', () => ok({ items: [], next_cursor: null }));
    bench.answer('rpc.release.cancel-release', () => ok({}));
  });

  it('begins with a token of an issuer, in a cookie that no script reads', async () => {
    const { status, cookie, attributes, view } = await signIn(await bench.token({ sub: 'ann', projects: ['demo'] }));
    expect([status, attributes]).toEqual([201, expect.stringMatching(/^Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/)]);
    expect(cookie).toMatch(/^slipway-session=slp_/);
    expect(view).toMatchObject({ actor_id: 'ann', actor_type: 'human', method: 'session', grants: [{ projects: ['demo'] }] });
    const again = await fetch(`${bench.url}/api/v1/session`, { headers: { cookie } });
    expect(await again.json()).toEqual(view);
    expect(bench.calls.map(({ subject }) => subject)).toEqual(['rpc.provisioning.see-person', 'rpc.provisioning.create-token']);
    expect(JSON.stringify(bench.calls.map(({ body }) => body))).not.toContain(cookie.slice(-43));
  });

  it('may do what the token may, as the person, and calls itself ui', async () => {
    const { cookie, view } = await signIn(await bench.token({ sub: 'ann', projects: ['demo'] }));
    expect((await fetch(`${bench.url}${READ}`, { headers: { cookie } })).status).toBe(200);
    expect(await code(await fetch(`${bench.url}${READ}?project=other`, { headers: { cookie } }))).toEqual([404, 'unknown_resource']);
    await post(PREVIEW, { cookie, 'x-csrf-token': view.csrf_token! }, {});
    expect(bench.calls.at(-1)!.headers.get('Slipway-Source')).toBe('ui');
  });

  it('changes nothing without the CSRF token, with another session’s, or for another site’s page', async () => {
    const [mine, other] = [await signIn(await bench.token({ sub: 'ann' })), await signIn(await bench.token({ sub: 'eve' }))];
    const csrf = { 'x-csrf-token': mine.view.csrf_token! };
    bench.forget();
    const { cookie } = mine;
    const forged: Record<string, string>[] = [
      { cookie },
      { cookie, 'x-csrf-token': other.view.csrf_token! },
      { cookie, ...csrf, 'sec-fetch-site': 'cross-site' },
      { cookie, ...csrf, origin: 'https://evil.example' },
    ];
    for (const headers of forged) {
      expect(await code(await post(PREVIEW, headers, {}))).toEqual([403, 'csrf_token_invalid']);
    }
    expect(bench.calls).toEqual([]);
    expect((await post(PREVIEW, { cookie, ...csrf, origin: bench.url }, {})).status).toBe(200);
    expect((await post(PREVIEW, { cookie, ...csrf, 'sec-fetch-site': 'same-origin' }, {})).status).toBe(200);
  });

  it('cannot begin on another site’s page, with a bad token, or with another session', async () => {
    const token = await bench.token();
    expect(await code(await post('/auth/session', { 'sec-fetch-site': 'cross-site' }, { token }))).toEqual([403, 'csrf_token_invalid']);
    expect(await code(await post('/auth/session', {}, { token: 'rubbish' }))).toEqual([401, 'unauthenticated']);
    expect(await code(await post('/auth/session', {}, { token, more: 1 }))).toEqual([400, 'invalid_request']);
    const { cookie } = await signIn(token);
    expect(await code(await post('/auth/session', {}, { token: cookie.split('=')[1] }))).toEqual([401, 'unauthenticated']);
    const bearer = { authorization: `Bearer ${cookie.split('=')[1]}` };
    expect(await code(await fetch(`${bench.url}${READ}`, { headers: bearer }))).toEqual([401, 'unauthenticated']);
  });

  it('ends everywhere when the person signs out: requests are refused, open streams close', async () => {
    const { cookie, view } = await signIn(await bench.token({ sub: 'ann' }));
    const stream = await SseReader.open(`${bench.url}/api/v1/events`, { cookie });
    expect((await post('/auth/logout', { cookie })).status).toBe(403);
    const out = await post('/auth/logout', { cookie, 'x-csrf-token': view.csrf_token! });
    expect([out.status, out.headers.get('set-cookie')]).toEqual([204, expect.stringContaining('Max-Age=0')]);
    expect(await code(await fetch(`${bench.url}/api/v1/session`, { headers: { cookie } }))).toEqual([401, 'token_revoked']);
    expect(await eventually(() => stream.seen.find(({ event }) => event === 'token_expired'))).toBeTruthy();
  });

  it('ends the oldest one of somebody who signs in time and again', async () => {
    const token = await bench.token({ sub: 'zoe' });
    const { cookie: other } = await signIn(await bench.token({ sub: 'ann' }));
    const opened: string[] = [];
    for (let nth = 0; nth <= MOST_SESSIONS; nth++) opened.push((await signIn(token)).cookie);
    const outcome = async (cookie: string): Promise<number> => (await fetch(`${bench.url}/api/v1/session`, { headers: { cookie } })).status;
    expect(await Promise.all([opened[0]!, opened[1]!, opened.at(-1)!, other].map(outcome))).toEqual([401, 200, 200, 200]);
  });

  it('tells a program who it is, too', async () => {
    const headers = { authorization: `Bearer ${await bench.token({ sub: 'ann' })}` };
    const response = await fetch(`${bench.url}/api/v1/session`, { headers });
    expect(await response.json()).toMatchObject({ actor_id: 'ann', method: 'bearer', csrf_token: null, issuer: 'slipway-embedded' });
    expect(await (await fetch(`${bench.url}/auth/methods`)).json()).toEqual({ oidc: null, token: true });
  });
});

it('binds its cookies to the host under https', async () => {
  const bench = await startGatewayBench({ SLIPWAY_PUBLIC_URL: 'https://slipway.example' });
  try {
    new AccessLog(bench).serveSignIn();
    const response = await fetch(`${bench.url}/auth/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: await bench.token() }),
    });
    expect(response.headers.get('set-cookie')).toMatch(/^__Host-slipway-session=.*; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+; Secure$/);
  } finally {
    await bench.stop();
  }
});
