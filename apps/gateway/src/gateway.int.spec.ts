import { PERMISSIONS, type Permission, type Principal } from '@slipway/contracts';
import { sampleOf } from './fixture/sample.fixture';
import { AccessLog } from './fixture/access-log.fixture';
import { Contract } from './fixture/contract.fixture';
import { ok, startGatewayBench, type GatewayBench } from './fixture/gateway.fixture';
import { fullPath, isCommand, type Route } from './routes/route';
import { ROUTE_TABLE } from './routes/route-table';

const documentPath = (route: Route): string => fullPath(route).replace(/:([a-z]+)/g, '{$1}');

/** What a route's query must have, if anything. */
function queryOf({ query }: Route): string {
  const text = new URLSearchParams();
  for (const [name, value] of Object.entries(sampleOf(query ?? { type: 'object' }) as object)) text.set(name, String(value));
  return text.size === 0 ? '' : `?${text.toString()}`;
}

/** The principal that the latest call of a service carries. */
function passedOn(call: GatewayBench['calls'][number]): Principal {
  const [, claims] = call.headers.get('Slipway-Token').split('.');
  return (JSON.parse(Buffer.from(claims!, 'base64url').toString()) as { principal: Principal }).principal;
}

/** A request that a route accepts. */
function requestOf(route: Route): { path: string; body?: string; headers: Record<string, string> } {
  const params = sampleOf(route.params ?? { type: 'object' }) as Record<string, string>;
  const path = fullPath(route).replace(/:([a-z]+)/g, (_, name: string) => params[name]!) + queryOf(route);
  if (route.consumes) {
    return {
      path: `${fullPath(route)}?project=demo&service=demo&version=1.0.0`,
      body: 'tar',
      headers: { 'content-type': 'application/x-tar' },
    };
  }
  if (!route.body) return { path, headers: {} };
  const project = route.project?.in === 'body' ? { [route.project.name]: 'demo' } : {};
  return {
    path,
    body: JSON.stringify({ ...(sampleOf(route.body) as object), ...project }),
    headers: { 'content-type': 'application/json' },
  };
}

describe('the routes of the gateway', () => {
  let bench: GatewayBench;
  let contract: Contract;

  const send = async (route: Route, token: string | undefined, headers: Record<string, string> = {}, path?: string) => {
    const request = requestOf(route);
    const authorization: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const response = await fetch(`${bench.url}${path ?? request.path}`, {
      method: route.method,
      headers: { ...request.headers, ...authorization, ...headers },
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    const contentType = response.headers.get('content-type')!.split(';')[0]!;
    const body = JSON.parse(await response.text()) as Record<string, unknown>;
    return { status: response.status, contentType, body, headers: response.headers };
  };
  const refusal = async (route: Route, token: string | undefined, headers = {}, path?: string) => {
    const answered = await send(route, token, headers, path);
    expect(answered.contentType).toBe('application/problem+json');
    expect(contract.faults(route.method, documentPath(route), answered)).toEqual([]);
    return [answered.status, answered.body['code']];
  };

  /** What a verb answers: the response of the route that passes all of it on. Commands name a position that the log has. */
  const answers = (position: number): void => {
    for (const route of ROUTE_TABLE) {
      const whole = ROUTE_TABLE.find((one) => one.rpc && !one.output && one.rpc.verb === route.rpc?.verb) ?? route;
      if (route.rpc) bench.answer(`rpc.${route.rpc.service}.${route.rpc.verb}`, () => ok(sampleOf(whole.response, true), position));
    }
    for (const service of ['release', 'provisioning', 'approval-inbox', 'runtime-executor', 'audit']) {
      bench.answer(`rpc.${service}.list-projections`, () => ok({ items: [] }));
      bench.answer(`rpc.${service}.rebuild-projection`, () => ok(sampleOf(routeNamed('rebuildProjection').response)));
      bench.answer(`rpc.${service}.skip-blocking-event`, () => ok(sampleOf(routeNamed('skipBlockingEvent').response)));
    }
    bench.answer('rpc.release.register-artifact', () => ok(sampleOf(routeNamed('uploadArtifact').response), position));
    bench.answer('rpc.release.record-intent', () => ok(sampleOf(routeNamed('createIntent').response, true), position));
    bench.answer('rpc.audit.create-subscription', () => ok(sampleOf(routeNamed('createSubscription').response, true), position));
    bench.answer('rpc.audit.change-contact', () => ok(sampleOf(routeNamed('changeContact').response, true), position));
    bench.answer('rpc.runtime-executor.get-slot-logs', () => ok(sampleOf(routeNamed('getSlotLogs').response)));
    bench.answer('rpc.audit.get-timeline', () => ok(sampleOf(routeNamed('getReleaseTimeline').response)));
    bench.answer('rpc.audit.get-group-timeline', () => ok(sampleOf(routeNamed('getGroupTimeline').response)));
  };
  const routeNamed = (name: string): Route => ROUTE_TABLE.find((route) => route.name === name)!;

  beforeAll(async () => {
    bench = await startGatewayBench();
    contract = await Contract.of(bench.url);
    const log = new AccessLog(bench);
    answers((await log.token()).position);
    log.serveSignIn();
  });
  afterAll(() => bench.stop());
  beforeEach(() => bench.forget());

  it('are exactly those of the OpenAPI document, and those that the server has', () => {
    const documented = Object.entries(contract.document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(documented.sort()).toEqual(ROUTE_TABLE.map((route) => `${route.method} ${documentPath(route)}`).sort());
    const fastify = bench.app.getHttpAdapter().getInstance() as unknown as { printRoutes(options: object): string };
    const served = routesOf(fastify.printRoutes({ commonPrefix: false }));
    const open = [
      'GET /healthz/live',
      'GET /healthz/ready',
      'GET /healthz/startup',
      'GET /api/v1/openapi.json',
      'GET /auth/methods',
      'POST /auth/session',
      'POST /auth/logout',
      'GET /auth/login',
      'GET /auth/callback',
    ];
    const metadata = '/.well-known/oauth-protected-resource';
    open.push('POST /mcp', 'GET /mcp', 'DELETE /mcp', `GET ${metadata}`, `GET ${metadata}/mcp`);
    expect(served.sort()).toEqual([...ROUTE_TABLE.map((route) => `${route.method} ${fullPath(route)}`), ...open].sort());
  });

  /** The gateway answers these from its own view of the log. */
  const answeredHere = ROUTE_TABLE.filter(({ tag }) => tag === 'access' || tag === 'session').map(({ name }) => name);
  const streams = ROUTE_TABLE.filter((route) => route.events === route.response);
  const rows = ROUTE_TABLE.map((route) => [`${route.method} ${route.path}`, route] as const);

  it.each(rows)('%s answers as documented, and passes the caller on', async (_, route) => {
    if (streams.includes(route) || route.tag === 'access') return;
    const answered = await send(route, await bench.token());
    expect([route.name, answered.status, answered.body]).toEqual([route.name, route.status, answered.body]);
    expect(contract.faults(route.method, documentPath(route), answered)).toEqual([]);
    expect(answered.headers.get('x-request-id')).toBeTruthy();
    expect(answered.headers.get('x-content-type-options')).toBe('nosniff');
    if (answeredHere.includes(route.name)) return;
    const headers = bench.calls.at(-1)!.headers;
    expect(headers.get('Slipway-Token').split('.')).toHaveLength(3);
    expect(headers.get('Slipway-Correlation-Id')).toBe(answered.headers.get('x-request-id'));
    if (isCommand(route)) expect(headers.get('Slipway-Command-Id')).toMatch(/^cmd-/);
  });

  it.each(rows)('%s refuses a caller without a token', async (_, route) => {
    expect(await refusal(route, undefined)).toEqual([401, 'unauthenticated']);
    expect(bench.calls).toEqual([]);
  });

  it.each(
    ROUTE_TABLE.flatMap((route) => route.permissions.map((permission) => [`${route.method} ${route.path}`, permission, route] as const)),
  )('%s refuses a caller without %s', async (_, missing, route) => {
    const permissions = PERMISSIONS.filter((permission: Permission) => permission !== missing);
    expect(await refusal(route, await bench.token({ permissions }))).toEqual([403, 'forbidden']);
    expect(bench.calls).toEqual([]);
  });

  it('ask for at least one permission each, or say that they are for everyone who is signed in', () => {
    expect(ROUTE_TABLE.filter((route) => (route.permissions.length === 0) !== (route.anyone === true))).toEqual([]);
  });

  it.each(rows.filter(([, route]) => route.platformScope))(
    '%s refuses a caller of one project, or of one environment',
    async (_, route) => {
      expect(await refusal(route, await bench.token({ projects: ['demo'] }))).toEqual([403, 'forbidden']);
      expect(await refusal(route, await bench.token({ environments: ['env-000000000000000000000001'] }))).toEqual([403, 'forbidden']);
    },
  );

  it.each(rows.filter(([, route]) => route.project))('%s answers for another project as for none', async (_, route) => {
    const stranger = await bench.token({ projects: ['elsewhere'] });
    const inQuery = route.project!.in === 'query' ? `${requestOf(route).path.split('?')[0]}?project=demo` : undefined;
    const path = route.consumes ? requestOf(route).path : inQuery;
    expect(await refusal(route, stranger, {}, path)).toEqual([404, 'unknown_resource']);
    expect(bench.calls).toEqual([]);
  });

  it.each(rows)('%s gives who holds all of it in another project nothing beyond that project', async (_, route) => {
    // What a stream tells, and of which project, is in streams.int.spec.ts.
    if (streams.includes(route)) return;
    const answered = await send(route, await bench.token({ projects: ['elsewhere'] }), { accept: 'application/json' });
    const named = route.project && (route.project.in !== 'query' || route.consumes !== undefined);
    if (route.platformScope || named) expect([route.name, answered.status]).toEqual([route.name, route.platformScope ? 403 : 404]);
    const beyond = bench.calls.flatMap((call) => passedOn(call).projects).filter((project) => project !== 'elsewhere');
    expect([route.name, beyond]).toEqual([route.name, []]);
  });

  it.each(rows.filter(([, route]) => route.body))('%s refuses an unknown member', async (_, route) => {
    const body = JSON.stringify({ ...(sampleOf(route.body!) as object), surprise: 1 });
    const request = requestOf(route);
    const response = await fetch(`${bench.url}${request.path}`, {
      method: route.method,
      headers: { ...request.headers, authorization: `Bearer ${await bench.token()}` },
      body,
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'invalid_request', errors: [{ message: "has the unknown member 'surprise'" }] });
    expect(bench.calls).toEqual([]);
  });
});

/** `METHOD /path` of each route in Fastify's drawing of its routes. */
function routesOf(drawing: string): string[] {
  const path: string[] = [];
  return drawing
    .split('\n')
    .filter((line) => line.trim() !== '')
    .flatMap((line) => {
      const [, indent, rest] = /^([│├└─\s]*)(.*)$/.exec(line)!;
      const depth = Math.round(indent!.length / 4);
      const [, segment, methods] = /^(\S*)(?: \(([A-Z, ]+)\))?$/.exec(rest!) ?? [];
      path.length = Math.max(0, depth - 1);
      path.push(segment ?? '');
      return methods === undefined ? [] : methods.split(', ').map((method) => `${method} ${path.join('')}`);
    });
}
