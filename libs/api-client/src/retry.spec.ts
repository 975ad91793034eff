import { createApiClient } from './api-client';

const problem = (status: number, headers: Record<string, string> = {}): Response =>
  Response.json({ status, code: 'dependency_unavailable', detail: 'not now' }, { status, headers });
const breaking = (): Response =>
  new Response(new ReadableStream({ start: (controller) => controller.error(new TypeError('terminated')) }), { status: 200 });
type Answer = Response | Error;

function clientOf(...answers: Answer[]) {
  const sent: { method: string; key: string | null; body: string }[] = [];
  const told: string[] = [];
  const client = createApiClient({
    baseUrl: 'http://gateway',
    token: 't',
    retry: { pausesMs: [1, 1, 1], onRetry: (why) => told.push(why) },
    fetch: async (input) => {
      const request = input as Request;
      sent.push({ method: request.method, key: request.headers.get('idempotency-key'), body: await request.text() });
      const answer = answers.shift()!;
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
  const read = () => client.GET('/api/v1/projects', {});
  const create = (key?: string) =>
    client.POST('/api/v1/projects', { params: { header: { 'Idempotency-Key': key } }, body: { name: 'demo' } });
  return { sent, told, read, create };
}
const projects = (): Response => Response.json({ items: [], next_cursor: null });

describe('requests that are sent again', () => {
  it('are reads, over a gateway that is away, that cannot at the moment, and that breaks off', async () => {
    const { read, sent, told } = clientOf(new TypeError('fetch failed'), problem(503), breaking(), projects());
    expect((await read()).data).toEqual({ items: [], next_cursor: null });
    expect(sent).toHaveLength(4);
    expect(told).toEqual([
      expect.stringContaining('does not answer'),
      'The gateway answers 503.',
      expect.stringContaining('does not answer'),
    ]);
  });

  it('are commands with a key, under the same key and with the same body', async () => {
    const { create, sent } = clientOf(problem(504), new TypeError('fetch failed'), Response.json({ name: 'demo' }, { status: 201 }));
    await create('k-1');
    expect(sent).toEqual(Array(3).fill({ method: 'POST', key: 'k-1', body: '{"name":"demo"}' }));
  });

  it('are not commands without a key, nor what was refused', async () => {
    const unkeyed = clientOf(problem(503));
    await expect(unkeyed.create()).rejects.toThrow('not now');
    expect(unkeyed.sent).toHaveLength(1);
    const refused = clientOf(problem(409));
    await expect(refused.read()).rejects.toThrow('not now');
    expect(refused.sent).toHaveLength(1);
  });

  it('end with the last answer', async () => {
    const { read, sent } = clientOf(...[1, 2, 3, 4].map(() => problem(503)));
    await expect(read()).rejects.toMatchObject({ status: 503 });
    expect(sent).toHaveLength(4);
  });
});

it('a request that nobody answers is given up, and sent again', async () => {
  let sent = 0;
  const client = createApiClient({
    baseUrl: 'http://gateway',
    token: 't',
    answerWithinMs: 20,
    retry: { pausesMs: [1] },
    fetch: (_, init) => {
      if ((sent += 1) === 2) return Promise.resolve(projects());
      return new Promise((_resolve, reject) => init!.signal!.addEventListener('abort', () => reject(init!.signal!.reason as Error)));
    },
  });
  expect((await client.GET('/api/v1/projects', {})).data).toEqual({ items: [], next_cursor: null });
  expect(sent).toBe(2);
});

it('a signal ends requests that nobody answers', async () => {
  const stop = new AbortController();
  const client = createApiClient({
    baseUrl: 'http://gateway',
    token: 't',
    signal: stop.signal,
    retry: { pausesMs: [60_000] },
    fetch: (input) =>
      new Promise((_, reject) =>
        (input as Request).signal.addEventListener('abort', () => reject((input as Request).signal.reason as Error)),
      ),
  });
  const asked = client.GET('/api/v1/projects', {});
  setTimeout(() => stop.abort(), 20);
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
});
