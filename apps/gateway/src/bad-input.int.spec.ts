import { connect as connectTcp } from 'node:net';
import { STREAMS } from '@slipway/contracts';
import { jetstreamManager } from '@nats-io/jetstream';
import { Contract } from './fixture/contract.fixture';
import { startGatewayBench, type GatewayBench } from './fixture/gateway.fixture';

const PREVIEW = '/api/v1/deploy/releases/preview';
const preview = { project: 'demo', service: 'hello', artifact: '1.0.0', environment: 'dev' };

describe('bad input', () => {
  let bench: GatewayBench;
  let contract: Contract;
  let token: string;

  const post = async (path: string, body: string | Buffer, headers: Record<string, string> = {}) => {
    const response = await fetch(`${bench.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : new Uint8Array(body),
    });
    return problem(response);
  };
  const get = async (path: string, headers: Record<string, string> = {}) =>
    problem(await fetch(`${bench.url}${path}`, { headers: { authorization: `Bearer ${token}`, ...headers } }));
  const problem = async (response: Response) => {
    const text = await response.text();
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const body = JSON.parse(text) as { code: string; request_id: string; detail: string };
    expect(contract.faults('POST', PREVIEW, { status: 400, contentType: 'application/problem+json', body })).toEqual([]);
    expect(body.request_id).toBe(response.headers.get('x-request-id') ?? body.request_id);
    expect(text).not.toMatch(/\bat .*\.(js|ts):\d+/);
    return [response.status, body.code];
  };
  /** Sends bytes as they stand and reads the answer until the server closes. */
  const raw = (bytes: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(bench.url);
      const socket = connectTcp(Number(port), hostname, () => socket.write(bytes));
      let answer = '';
      socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
      socket.on('close', () => resolve(answer));
      socket.on('error', reject);
    });

  beforeAll(async () => {
    bench = await startGatewayBench();
    contract = await Contract.of(bench.url);
    token = await bench.token();
  });
  afterAll(() => bench.stop());
  beforeEach(() => bench.forget());
  afterEach(async () => {
    expect(bench.calls).toEqual([]);
    const { state } = await (await jetstreamManager(bench.bootstrap)).streams.info(STREAMS.events);
    expect(state.messages).toBe(0);
  });

  it.each([
    ['nothing', ''],
    ['half of it', '{"project":"demo"'],
    ['a list', '[]'],
    ['a word', '"demo"'],
    ['null', 'null'],
    ['a wrong type', JSON.stringify({ ...preview, environment: 7 })],
    ['a type that could be coerced', JSON.stringify({ ...preview, reason: true })],
    ['an unknown member', JSON.stringify({ ...preview, force: true })],
    ['an unknown member inside', JSON.stringify({ ...preview, strategy: { type: 'rolling', speed: 9 } })],
    ['an unknown strategy', JSON.stringify({ ...preview, strategy: 'yolo' })],
    [
      'a huge number',
      `{"project":"demo","service":"hello","artifact":"1","environment":"dev","strategy":{"type":"rolling","batch_size":1e400}}`,
    ],
    ['a number that loses digits', JSON.stringify(preview).replace('}', ',"x":9007199254740993}')],
    ['a variable with a hostile name', JSON.stringify({ ...preview, variables: { 'A B; rm -rf': 'x' } })],
    ['a prototype as a variable', '{"project":"demo","service":"hello","artifact":"1","environment":"dev","variables":{"__proto__":"x"}}'],
    [
      'too many variables',
      JSON.stringify({ ...preview, variables: Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`V${i}`, 'x'])) }),
    ],
    ['text that is too long', JSON.stringify({ ...preview, reason: 'x'.repeat(1001) })],
    ['text that no store can keep', `{"project":"demo","service":"hello","artifact":"1","environment":"dev","reason":"\\u0000"}`],
    ['a deep body', '{"variables":'.repeat(100) + '1' + '}'.repeat(100)],
  ])('refuses %s as a body', async (_, body) => {
    expect(await post(PREVIEW, body)).toEqual([400, 'invalid_request']);
  });

  it.each([
    '../etc',
    'a/b',
    'A',
    'a.b',
    'a*',
    '>',
    'a b',
    '-a',
    'a-',
    '',
    'ä',
    'a\n',
    'x'.repeat(64),
    'events.>',
    '${jndi:x}',
    "'; DROP TABLE",
  ])('refuses the name %j wherever a name goes', async (name) => {
    for (const member of ['project', 'service', 'environment', 'target']) {
      expect(await post(PREVIEW, JSON.stringify({ ...preview, [member]: name }))).toEqual([400, 'invalid_request']);
    }
    expect(await post('/api/v1/services', JSON.stringify({ project: 'demo', name }))).toEqual([400, 'invalid_request']);
  });

  it.each(['A', 'a%2fb', '..%2f..', '%3E', 'a.b', '%2a', 'a%20b', 'a%0ab'])('refuses %s as an id in the address', async (id) => {
    expect(await get(`/api/v1/deploy/releases/${id}`)).toEqual([400, 'invalid_request']);
  });

  it.each([
    '?limit=0',
    '?limit=201',
    '?limit=1e999',
    '?limit=99999999999999999999',
    '?limit=ten',
    '?limit=1&limit=2',
    '?project=demo&project=other',
    '?surprise=1',
    '?__proto__=1',
    '?status=exploded',
    '?cursor=%00',
    `?cursor=${'x'.repeat(201)}`,
  ])('refuses the query %s', async (query) => {
    expect(await get(`/api/v1/deploy/releases${query}`)).toEqual([400, 'invalid_request']);
  });

  it.each(['yes', '1', 'TRUE', ''])('takes force=%s for no boolean', async (force) => {
    const path = `${bench.url}/api/v1/deploy/targets/tgt-000000000000000000000000?force=${force}`;
    const response = await fetch(path, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } });
    expect(await problem(response)).toEqual([400, 'invalid_request']);
  });

  it('refuses an id in the address that is too long, before it looks for a route', async () => {
    expect(await get(`/api/v1/deploy/releases/${'x'.repeat(300)}`)).toEqual([413, 'request_too_large']);
    expect(await get(`/api/v1/deploy/releases?cursor=${'x'.repeat(9000)}`)).toEqual([413, 'request_too_large']);
  });

  it('refuses a body that is too large, by its length and by its bytes, before it knows who sent it', async () => {
    const large = JSON.stringify({ ...preview, reason: 'x'.repeat(600_000) });
    expect(await post(PREVIEW, large)).toEqual([413, 'request_too_large']);
    expect(await post(PREVIEW, large, { authorization: 'Bearer nonsense' })).toEqual([413, 'request_too_large']);
    const { host } = new URL(bench.url);
    const head = `POST ${PREVIEW} HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\n`;
    const chunk = `${(65_536).toString(16)}\r\n${' '.repeat(65_536)}\r\n`;
    expect(await raw(`${head}transfer-encoding: chunked\r\n\r\n${chunk.repeat(10)}0\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 413 [^]*request_too_large/,
    );
  });

  it('refuses content types that it does not read', async () => {
    for (const type of [
      'text/plain',
      'application/xml',
      'application/x-www-form-urlencoded',
      'application/octet-stream',
      'multipart/form-data; boundary=x',
      'json',
    ]) {
      expect(await post(PREVIEW, JSON.stringify(preview), { 'content-type': type })).toEqual([415, 'unsupported_media_type']);
    }
  });

  it('refuses bytes that are no UTF-8', async () => {
    expect(await post(PREVIEW, Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).toEqual([400, 'invalid_request']);
  });

  it('refuses headers that are none', async () => {
    expect(await post(PREVIEW, JSON.stringify(preview), { 'idempotency-key': 'two words' })).toEqual([400, 'invalid_request']);
    expect(await get('/api/v1/deploy/releases', { 'slipway-position': '-1' })).toEqual([400, 'invalid_request']);
    expect(await get('/api/v1/events', { 'last-event-id': 'abc' })).toEqual([400, 'invalid_request']);
  });

  it('knows no route but its own, by any method', async () => {
    expect(await get('/api/v1/nothing')).toEqual([404, 'unknown_route']);
    expect(await get('/')).toEqual([404, 'unknown_route']);
    expect(await problem(await fetch(`${bench.url}/api/v1/projects`, { method: 'PUT' }))).toEqual([404, 'unknown_route']);
    expect((await fetch(`${bench.url}/api/v1/projects`, { method: 'HEAD' })).status).toBe(404);
  });

  it('answers what is not HTTP, and headers that are too large, with a problem too', async () => {
    expect(await raw('HELLO\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [^]*"code":"invalid_request"/);
    const large = `GET /api/v1/projects HTTP/1.1\r\nhost: x\r\nx-large: ${'x'.repeat(20_000)}\r\n\r\n`;
    expect(await raw(large)).toMatch(/^HTTP\/1\.1 431 [^]*"code":"request_too_large"/);
    expect(await get('/api/v1/%')).toEqual([400, 'invalid_request']);
  });

  it('keeps the caller’s request id, unless it is none', async () => {
    const of = async (id: string) =>
      (await fetch(`${bench.url}/api/v1/nothing`, { headers: { 'x-request-id': id } })).headers.get('x-request-id');
    expect(await of('mine-1')).toBe('mine-1');
    expect(await of('<script>')).not.toBe('<script>');
    expect(await of('x'.repeat(101))).toHaveLength(36);
  });
});
