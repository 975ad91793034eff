import { createHmac } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { base64url } from 'jose';
import { AccessLog } from './fixture/access-log.fixture';
import { ok, startGatewayBench, type GatewayBench } from './fixture/gateway.fixture';
import { CLIENT_ID, CLIENT_SECRET, startIdentityProvider, type IdentityProvider } from './fixture/identity-provider.fixture';

const RELEASES = '/api/v1/deploy/releases';

/** A browser, as far as signing in takes one: follows redirects, keeps cookies of each origin, submits forms. */
class Browser {
  private readonly jar = new Map<string, Map<string, string>>();

  async go(address: string, form?: Record<string, string>): Promise<{ url: URL; status: number; text: string }> {
    let url = new URL(address);
    for (let hop = 0, body = form; hop < 15; hop++, body = undefined) {
      const cookies = this.jar.get(url.origin) ?? new Map<string, string>();
      this.jar.set(url.origin, cookies);
      const response = await fetch(url, {
        redirect: 'manual',
        headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
        ...(body ? { method: 'POST', body: new URLSearchParams(body) } : {}),
      });
      for (const line of response.headers.getSetCookie()) {
        const [name, value] = line.split(';')[0]!.split(/=(.*)/s) as [string, string];
        if (value === '') cookies.delete(name);
        else cookies.set(name, value);
      }
      const next = response.headers.get('location');
      if (next === null) return { url, status: response.status, text: await response.text() };
      url = new URL(next, url);
    }
    throw new Error('too many redirects');
  }

  cookie(origin: string, name: string): string | undefined {
    return this.jar.get(origin)?.get(name);
  }
}

const actionOf = (page: string): string => /<form[^>]* action="([^"]+)"/.exec(page)![1]!.replaceAll('&amp;', '&');

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

describe('an identity provider', () => {
  let bench: GatewayBench;
  let provider: IdentityProvider;

  const outcome = async (token: string): Promise<unknown> => {
    const response = await fetch(`${bench.url}${RELEASES}`, { headers: { authorization: `Bearer ${token}` } });
    return response.status === 200 ? 200 : [response.status, ((await response.json()) as { code: string }).code];
  };

  beforeAll(async () => {
    const port = await freePort();
    const publicUrl = `http://127.0.0.1:${port}`;
    provider = await startIdentityProvider(`${publicUrl}/auth/callback`);
    const directory = mkdtempSync(join(tmpdir(), 'oidc-'));
    writeFileSync(join(directory, 'secret'), CLIENT_SECRET);
    writeFileSync(join(directory, 'roles.json'), JSON.stringify([{ group: 'developers', role: 'developer', project: 'demo' }]));
    bench = await startGatewayBench({
      SLIPWAY_HTTP_PORT: String(port),
      SLIPWAY_PUBLIC_URL: publicUrl,
      SLIPWAY_OIDC_ISSUER: provider.issuer,
      SLIPWAY_OIDC_CLIENT_ID: CLIENT_ID,
      SLIPWAY_OIDC_CLIENT_SECRET_FILE: join(directory, 'secret'),
      SLIPWAY_OIDC_ALGORITHMS: 'RS256',
      SLIPWAY_OIDC_ROLES_FILE: join(directory, 'roles.json'),
    });
    new AccessLog(bench).serveSignIn();
    bench.answer('rpc.release.list-releases', () => ok({ items: [], next_cursor: null }));
  });
  afterAll(async () => {
    await bench?.stop();
    await provider?.stop();
  });
  beforeEach(() => void provider.fetched.splice(0));

  it('signs people in by the code flow with PKCE, and its groups are roles here', async () => {
    const browser = new Browser();
    expect(await (await fetch(`${bench.url}/auth/methods`)).json()).toEqual({ oidc: { name: '127.0.0.1' }, token: true });
    const login = await browser.go(`${bench.url}/auth/login?return_to=/releases`);
    const consent = await browser.go(new URL(actionOf(login.text), login.url).href, { prompt: 'login', login: 'ann', password: 'x' });
    const back = await browser.go(new URL(actionOf(consent.text), consent.url).href, { prompt: 'consent' });
    expect(back.url.href).toBe(`${bench.url}/releases`);
    const cookie = `slipway-session=${browser.cookie(bench.url, 'slipway-session')}`;
    const session = (await (await fetch(`${bench.url}/api/v1/session`, { headers: { cookie } })).json()) as Record<string, unknown>;
    expect(session).toMatchObject({ actor_id: 'oidc:ann', name: 'Name of ann', method: 'session', issuer: provider.issuer });
    expect(session['grants']).toMatchObject([{ projects: ['demo'], roles: ['developer'] }]);
    expect(browser.cookie(bench.url, 'slipway-login')).toBeUndefined();
  });

  it.each([
    ['a state that is not ours', (url: URL) => url.searchParams.set('state', 'x'), 'login_failed'],
    ['another issuer', (url: URL) => url.searchParams.set('iss', 'https://evil.example'), 'login_failed'],
    ['a code that the provider did not give', () => undefined, 'login_failed'],
    ['a refusal', (url: URL) => url.searchParams.set('error', 'access_denied'), 'access_denied'],
  ])('signs nobody in who comes back with %s', async (_, change, code) => {
    const started = await fetch(`${bench.url}/auth/login?return_to=//evil.example`, { redirect: 'manual' });
    const cookie = started.headers.getSetCookie()[0]!.split(';')[0]!;
    const url = new URL(`${bench.url}/auth/callback?code=made-up`);
    url.searchParams.set('state', new URL(started.headers.get('location')!).searchParams.get('state')!);
    change(url);
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie } });
    expect([answer.status, answer.headers.get('location')]).toEqual([302, `/login?error=${code}`]);
    expect(answer.headers.get('set-cookie')).not.toContain('slipway-session');
    const without = await fetch(url, { redirect: 'manual' });
    expect(without.headers.get('location')).toBe('/login?error=login_expired');
  });

  it('names programs by its access tokens', async () => {
    expect(await outcome(await provider.sign())).toBe(200);
    expect(await outcome(await provider.sign({ groups: ['others'] }))).toEqual([403, 'forbidden']);
    expect(await outcome(await provider.sign({ permissions: ['deploy:release:read'], projects: ['*'], groups: [] }))).toEqual([
      403,
      'forbidden',
    ]);
  });

  it('is asked for its keys a bounded number of times, however many keys are made up', async () => {
    expect(await outcome(await provider.sign())).toBe(200);
    provider.fetched.splice(0);
    for (let attempt = 0; attempt < 20; attempt++) await outcome(await provider.sign({}, { kid: `made-up-${attempt}` }));
    expect(provider.fetched.filter((path) => path === '/jwks').length).toBeLessThanOrEqual(1);
  });

  it('has its new keys believed within the time between two fetches', async () => {
    await provider.rotate();
    const rotated = await provider.sign();
    const real = Date.now;
    Date.now = () => real() + 31_000;
    try {
      expect(await outcome(rotated)).toBe(200);
    } finally {
      Date.now = real;
    }
  });

  it('refuses forged tokens, and fetches nothing for them', async () => {
    await outcome(await provider.sign());
    const [header, payload] = (await provider.sign()).split('.') as [string, string, string];
    const unsigned = (alg: string): string => base64url.encode(JSON.stringify({ alg, kid: 'one' }));
    const pem = JSON.stringify(provider.publicJwk);
    const mac = (head: string, key: string): string => createHmac('sha256', key).update(`${head}.${payload}`).digest('base64url');
    const hs256 = unsigned('HS256');
    const raised = base64url.encode(JSON.stringify({ ...JSON.parse(Buffer.from(payload, 'base64url').toString()), groups: ['admins'] }));
    const evil = `${provider.issuer}/evil`;
    const forged = [
      `${unsigned('none')}.${payload}.`,
      `${hs256}.${payload}.${mac(hs256, pem)}`,
      `${hs256}.${payload}.${mac(hs256, provider.publicJwk.n!)}`,
      `${header}.${raised}.${mac(header, 'x')}`,
      await provider.sign({}, {}, { audience: 'somebody-else' }),
      await provider.sign({}, {}, { audience: CLIENT_ID }),
      await provider.sign({ nbf: Math.floor(Date.now() / 1000) + 600 }),
      await provider.sign({}, { jku: evil }),
      await provider.sign({}, { x5u: evil }),
      await provider.sign({}, { jwk: provider.publicJwk }),
      await provider.sign({}, { kid: '../../../../etc/passwd' }),
      await provider.sign({}, { kid: evil }),
      await provider.sign({}, { kid: "' OR 1=1 --" }),
      await provider.sign({ iss: 'https://elsewhere.example' }).then((token) => `${token}x`),
    ];
    provider.fetched.splice(0);
    for (const token of forged) expect(await outcome(token)).toEqual([401, 'unauthenticated']);
    expect(await outcome(await provider.sign({}, {}, { expiresS: -60 }))).toEqual([401, 'token_expired']);
    expect(provider.fetched).toEqual([]);
  });
});
