import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { EMBEDDED_ROLES as ROLES, PERMISSIONS, type Permission } from '@slipway/contracts';
import { ok, startGatewayBench, type GatewayBench } from '../fixture/gateway.fixture';
import { sampleOf } from '../fixture/sample.fixture';
import { ROUTE_TABLE, routeNamed } from '../routes/route-table';
import { permissionsOf } from '../tools/tool';
import { TOOL_TABLE } from '../tools/tool-table';

const RELEASE = `rel-${'0'.repeat(24)}`;
type Result = { isError?: boolean; content: { text: string }[]; structuredContent?: Record<string, unknown> };

let bench: GatewayBench;
const clients: Client[] = [];
beforeAll(async () => {
  bench = await startGatewayBench();
  for (const route of ROUTE_TABLE) {
    const whole = ROUTE_TABLE.find((one) => one.rpc && !one.output && one.rpc.verb === route.rpc?.verb) ?? route;
    if (route.rpc) bench.answer(`rpc.${route.rpc.service}.${route.rpc.verb}`, () => ok(sampleOf(whole.response, true), 7));
  }
  bench.answer('rpc.audit.get-timeline', () => ok(sampleOf(routeNamed('getReleaseTimeline').response)));
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await bench?.stop();
});
beforeEach(() => bench.forget());

const agent = (claims: object = {}) =>
  bench.token({ sub: 'agent', actor_type: 'agent', permissions: ROLES.agent, projects: ['demo'], ...claims });

async function connect(token: string, query = '', headers: Record<string, string> = {}) {
  const transport = new StreamableHTTPClientTransport(new URL(`${bench.url}/mcp${query}`), {
    requestInit: { headers: { authorization: `Bearer ${token}`, ...headers } },
  });
  const client = new Client({ name: 'spec', version: '1' });
  await client.connect(transport);
  clients.push(client);
  const call = async (name: string, args: object = {}): Promise<Result> =>
    (await client.callTool({ name, arguments: args as Record<string, unknown> })) as unknown as Result;
  return { client, transport, call, tools: async () => (await client.listTools()).tools.map(({ name }) => name) };
}
const errorOf = (result: Result) => (JSON.parse(result.content[0]!.text) as { error: { code: string } }).error.code;
const post = (headers: Record<string, string>, body: unknown = { jsonrpc: '2.0', id: 1, method: 'tools/list' }) =>
  fetch(`${bench.url}/mcp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
    body: JSON.stringify(body),
  });

describe('the tools', () => {
  it('are fewer than 20, and none of them approves, decides, reads a secret or changes who may do what', () => {
    expect(TOOL_TABLE.length).toBeLessThan(20);
    const forbidden = /approve|reject|decide|secret|token|account|role|policy|freeze|grant/i;
    for (const { name, routes } of TOOL_TABLE) {
      expect([name, routes.length > 0]).toEqual([name, true]);
      expect(routes.filter((route) => forbidden.test(route))).toEqual([]);
    }
  });

  it('answer what their schemas say, marked by what they can do', async () => {
    const { client, call } = await connect(await agent());
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name).sort()).toEqual(TOOL_TABLE.map(({ name }) => name).sort());
    for (const tool of TOOL_TABLE) {
      const described = tools.find(({ name }) => name === tool.name)!;
      expect([tool.name, described.annotations?.readOnlyHint]).toEqual([tool.name, tool.effect === 'read']);
      const result = await call(tool.name, sampleOf(tool.input, true) as object);
      expect([tool.name, result.isError ?? false, result.content[0]!.text]).toEqual([tool.name, false, result.content[0]!.text]);
      expect(JSON.parse(result.content[0]!.text)).toEqual(result.structuredContent);
    }
  });

  it.each(TOOL_TABLE.flatMap((tool) => permissionsOf(tool).map((permission) => [tool.name, permission, tool] as const)))(
    '%s is neither shown nor run without %s',
    async (name, missing, tool) => {
      const permissions = PERMISSIONS.filter((permission: Permission) => permission !== missing);
      const { call, tools } = await connect(await agent({ permissions }));
      expect(await tools()).not.toContain(name);
      expect(errorOf(await call(name, sampleOf(tool.input) as object))).toBe('forbidden');
      expect(bench.calls).toEqual([]);
    },
  );

  it.each(TOOL_TABLE.filter(({ input }) => 'project' in input.properties).map((tool) => [tool.name, tool] as const))(
    '%s answers for another project as for none',
    async (name, tool) => {
      const { call } = await connect(await agent());
      expect(errorOf(await call(name, { ...(sampleOf(tool.input) as object), project: 'elsewhere' }))).toBe('unknown_resource');
      expect(bench.calls).toEqual([]);
    },
  );

  it.each(TOOL_TABLE.map((tool) => [tool.name, tool] as const))(
    '%s gives who holds all of it in another project nothing beyond that project',
    async (_, tool) => {
      const { call } = await connect(await agent({ permissions: PERMISSIONS, projects: ['elsewhere'] }));
      await call(tool.name, sampleOf(tool.input) as object);
      for (const { headers } of bench.calls) {
        const [, claims] = headers.get('Slipway-Token').split('.');
        const { principal } = JSON.parse(Buffer.from(claims!, 'base64url').toString()) as { principal: { projects: string[] } };
        expect([tool.name, principal.projects]).toEqual([tool.name, ['elsewhere']]);
      }
    },
  );

  it('refuse arguments that do not fit, naming what is wrong', async () => {
    const { call } = await connect(await agent());
    expect((await call('describe_release', { release_id: RELEASE, surprise: 1 })).content[0]!.text).toContain('surprise');
    const secret = { service: 'demo', artifact: '1', environment: 'demo', variables: { PASSWORD: { secret: 'x' } } };
    expect(errorOf(await call('preview_release', secret))).toBe('invalid_request');
    await expect(call('approve_ticket', { ticket_id: RELEASE })).rejects.toThrow('no tool');
    expect(bench.calls).toEqual([]);
  });

  it('say in every string where text came from that others wrote', () => {
    const composed = new Set(['next', 'url', 'requested_by', 'approved_by', 'decided_by', 'actor_id', 'manifest_resource', 'next_cursor']);
    const known = new Set(['act', 'action', 'artifact_version', 'status', 'source']);
    const loose = (schema: unknown, key: string): string[] => {
      if (typeof schema !== 'object' || schema === null) return [];
      const shape = schema as {
        type?: string;
        pattern?: string;
        format?: string;
        enum?: unknown;
        properties?: object;
        items?: unknown;
        anyOf?: unknown[];
      };
      if (shape.anyOf) return shape.anyOf.flatMap((one) => loose(one, key));
      if (shape.items) return loose(shape.items, key);
      if (shape.properties) return Object.entries(shape.properties).flatMap(([name, one]) => loose(one, name));
      const safe = shape.type !== 'string' || shape.pattern !== undefined || shape.format !== undefined || shape.enum !== undefined;
      return safe || key.startsWith('untrusted_') || composed.has(key) || known.has(key) ? [] : [key];
    };
    expect(TOOL_TABLE.flatMap(({ name, output }) => loose(output, name))).toEqual([]);
  });
});

describe('a session', () => {
  it('acts as an agent on behalf of the person whose token it has, without the rights to approve', async () => {
    const { call, transport } = await connect(await bench.token({ sub: 'ada', permissions: PERMISSIONS }));
    await call('apply_release', { release_id: RELEASE, preview_ref: 'x', project: 'demo' });
    const { headers } = bench.calls.at(-1)!;
    const [, claims] = headers.get('Slipway-Token').split('.');
    const { principal } = JSON.parse(Buffer.from(claims!, 'base64url').toString()) as { principal: Record<string, unknown> };
    expect(principal).toMatchObject({ actorId: 'ada', actorType: 'agent', onBehalfOf: 'ada' });
    expect(principal['permissions']).not.toContain('deploy:approval:review');
    expect(principal['permissions']).not.toContain('deploy:release:approve');
    expect(headers.get('Slipway-Source')).toBe('mcp');
    const conversation = headers.get('Slipway-Conversation-Id');
    expect(conversation).toMatch(/^mcp-[0-9a-f]{24}$/);
    expect(transport.sessionId).toContain('.');
    await call('cancel_release', { release_id: RELEASE });
    expect(bench.calls.at(-1)!.headers.get('Slipway-Conversation-Id')).toBe(conversation);
  });

  it('may narrow to reading, to permissions, to a project, to environments; and never widens', async () => {
    const token = await agent();
    expect(await (await connect(token, '?read_only=true')).tools()).not.toContain('preview_release');
    expect(await (await connect(token, '', { 'slipway-read-only': 'true' })).tools()).not.toContain('apply_release');
    const reader = await connect(token, '?permissions=deploy:release:read');
    expect(await reader.tools()).not.toContain('find_tickets');
    expect(errorOf(await reader.call('apply_release', { release_id: RELEASE, preview_ref: 'x' }))).toBe('forbidden');
    const wide = await connect(await bench.token(), '?projects=demo&environments=dev');
    await wide.call('find_releases');
    const [, claims] = bench.calls.at(-1)!.headers.get('Slipway-Token').split('.');
    expect(Buffer.from(claims!, 'base64url').toString()).toMatch(/"projects":\["demo"\],"environments":\["env-/);
    await expect(connect(token, '?projects=elsewhere')).rejects.toThrow(/unknown_resource/);
    await expect(connect(token, '?readonly=true')).rejects.toThrow(/narrows nothing/);
    const viewer = await bench.token({ sub: 'viewer', permissions: ROLES.viewer });
    expect(await (await connect(viewer, '?permissions=deploy:release:apply')).tools()).toEqual([]);
  });

  it('is its actor’s alone, ends by DELETE everywhere, and is not made up', async () => {
    const token = await agent();
    const { transport } = await connect(token);
    const id = transport.sessionId!;
    const other = await agent({ sub: 'another' });
    const session = (bearer: string, value = id) => ({ authorization: `Bearer ${bearer}`, 'mcp-session-id': value });
    expect((await post(session(token))).status).toBe(200);
    expect((await post(session(other))).status).toBe(404);
    expect((await post(session(token, `${id}x`))).status).toBe(404);
    const widened = Buffer.from(JSON.stringify({ actorId: 'agent', narrowing: {}, expiresS: 9e9, conversationId: 'mine' })).toString(
      'base64url',
    );
    expect((await post(session(token, `${widened}.${id.split('.')[1]}`))).status).toBe(404);
    expect((await post({ authorization: `Bearer ${token}` })).status).toBe(400);
    await transport.terminateSession();
    expect((await post(session(token))).status).toBe(404);
  });

  it('resources: timelines and manifests, under the guard of their routes', async () => {
    const { client } = await connect(await agent());
    const { resourceTemplates } = await client.listResourceTemplates();
    expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toEqual([
      'slipway://releases/{release_id}/timeline',
      'slipway://releases/{release_id}/manifest',
    ]);
    for (const kind of ['timeline', 'manifest']) {
      const { contents } = await client.readResource({ uri: `slipway://releases/${RELEASE}/${kind}` });
      expect(contents[0]).toMatchObject({ mimeType: 'application/json', text: expect.stringContaining('release_id') });
    }
    await expect(client.readResource({ uri: 'slipway://releases/../secrets' })).rejects.toThrow('no such resource');
    const blind = await connect(await agent({ permissions: ['deploy:approval:read'] }));
    await expect(blind.client.readResource({ uri: `slipway://releases/${RELEASE}/timeline` })).rejects.toThrow('deploy:release:read');
  });
});

describe('the endpoint', () => {
  it('tells who has no token where to get one', async () => {
    const refused = await post({});
    expect(refused.status).toBe(401);
    const challenge = refused.headers.get('www-authenticate')!;
    const url = /^Bearer resource_metadata="([^"]+)"$/.exec(challenge)![1]!;
    expect((await post({ authorization: 'Bearer nonsense' })).headers.get('www-authenticate')).toContain('error="invalid_token"');
    const metadata = (await (await fetch(url)).json()) as Record<string, unknown>;
    expect(metadata).toMatchObject({ resource: `${bench.url}/mcp`, bearer_methods_supported: ['header'] });
    expect(metadata['scopes_supported']).not.toContain('deploy:approval:review');
  });

  it('refuses pages of other origins and names that are not its own', async () => {
    const authorization = `Bearer ${await agent()}`;
    const hello = {
      jsonrpc: '2.0',
      id: 1,
      method: 'initialize',
      params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'x', version: '1' } },
    };
    expect((await post({ authorization }, hello)).status).toBe(200);
    expect((await post({ authorization, origin: bench.url }, hello)).status).toBe(200);
    expect((await post({ authorization, origin: 'https://evil.example' }, hello)).status).toBe(403);
    expect((await post({ authorization, origin: 'null' }, hello)).status).toBe(403);
    const { request } = await import('node:http');
    const rebound = await new Promise<number>((resolve) =>
      request(`${bench.url}/mcp`, { method: 'POST', headers: { host: 'evil.example', authorization } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode!);
      }).end(),
    );
    expect(rebound).toBe(403);
  });

  it('bounds messages, and has no stream of its own', async () => {
    const { transport } = await connect(await agent());
    const headers = { authorization: `Bearer ${await agent()}`, 'mcp-session-id': transport.sessionId! };
    expect(
      (
        await post(
          headers,
          Array.from({ length: 11 }, (_, id) => ({ jsonrpc: '2.0', id, method: 'ping' })),
        )
      ).status,
    ).toBe(400);
    expect((await post(headers, { jsonrpc: '2.0', id: 1, method: 'ping', params: { x: 'x'.repeat(600_000) } })).status).toBe(413);
    expect((await fetch(`${bench.url}/mcp`, { headers })).status).toBe(405);
  });
});
