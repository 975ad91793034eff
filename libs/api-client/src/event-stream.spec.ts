import { ApiError, type ProblemCode } from './api-error';
import { readEventStream, type StreamEvent } from './event-stream';

const streamOf = (...chunks: string[]): Response =>
  new Response(
    new ReadableStream({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
        controller.close();
      },
    }),
  );

async function take<T>(count: number, events: AsyncGenerator<StreamEvent<T>, void>): Promise<StreamEvent<T>[]> {
  const seen: StreamEvent<T>[] = [];
  for await (const event of events) {
    seen.push(event);
    if (seen.length === count) break;
  }
  return seen;
}

describe('readEventStream', () => {
  it('resumes behind the last event after a break, through chunks cut anywhere', async () => {
    const asked: (string | undefined)[] = [];
    const connections = [
      streamOf('retry: 1\n\nid: 4\nevent: release.appl', 'ied\ndata: {"n":4}\n\nid: 5\nda'),
      streamOf('id: 5\nevent: release.failed\ndata: {"n":5}\n\n'),
    ];
    const events = readEventStream<{ n: number }>({
      open: async (lastId) => {
        asked.push(lastId);
        return connections.shift()!;
      },
    });
    expect(await take(2, events)).toEqual([
      { id: '4', event: 'release.applied', data: { n: 4 } },
      { id: '5', event: 'release.failed', data: { n: 5 } },
    ]);
    expect(asked).toEqual([undefined, '4']);
  });

  it('keeps events about the stream to itself, but takes their position', async () => {
    const asked: (string | undefined)[] = [];
    const connections = [streamOf('retry: 1\n\nid: 9\nevent: resume\ndata: {}\n\n'), streamOf('id: 10\nevent: x\ndata: 1\n\n')];
    const events = readEventStream<number>({
      open: async (lastId) => {
        asked.push(lastId);
        return connections.shift()!;
      },
    });
    expect(await take(1, events)).toEqual([{ id: '10', event: 'x', data: 1 }]);
    expect(asked).toEqual([undefined, '9']);
  });

  const refusal = (code: ProblemCode, status: number): ApiError =>
    new ApiError({ type: 'about:blank', title: 'T', status, code, detail: 'no', instance: '/', request_id: 'r' }, status);

  it('does not retry a refusal', async () => {
    const events = readEventStream({ open: async () => Promise.reject(refusal('forbidden', 403)) });
    await expect(events.next()).rejects.toThrow('no');
  });

  it('waits for a refusal that passes', async () => {
    const answers = [
      () => Promise.reject(refusal('too_many_requests', 429)),
      () => Promise.reject(refusal('too_many_requests', 408)),
      () => Promise.resolve(streamOf('id: 1\nevent: x\ndata: 1\n\n')),
    ];
    const events = readEventStream<number>({ retryMs: 1, open: () => answers.shift()!() });
    expect((await take(1, events)).map(({ data }) => data)).toEqual([1]);
  });

  it('gives a silent connection up, says so, and resumes', async () => {
    const states: string[] = [];
    const silent = new Response(
      new ReadableStream({
        start: (controller) => controller.enqueue(new TextEncoder().encode('retry: 1\n\nid: 3\nevent: x\ndata: 3\n\n')),
      }),
    );
    const asked: (string | undefined)[] = [];
    const connections = [silent, streamOf('id: 4\nevent: x\ndata: 4\n\n')];
    const events = readEventStream<number>({
      silenceMs: 20,
      onState: (state) => states.push(state),
      open: async (lastId) => {
        asked.push(lastId);
        return connections.shift()!;
      },
    });
    expect((await take(2, events)).map(({ data }) => data)).toEqual([3, 4]);
    expect(asked).toEqual([undefined, '3']);
    expect(states).toEqual(['open', 'lost', 'open']);
  });

  it('gives up a connection that nobody answers', async () => {
    const connections = [new Promise<Response>(() => undefined), Promise.resolve(streamOf('id: 4\nevent: x\ndata: 4\n\n'))];
    const events = readEventStream<number>({ silenceMs: 20, retryMs: 1, open: () => connections.shift()! });
    expect((await take(1, events)).map(({ data }) => data)).toEqual([4]);
  });

  it('ends when its signal aborts', async () => {
    const stop = new AbortController();
    const events = readEventStream({ signal: stop.signal, open: async () => Promise.reject(new Error('down')), retryMs: 60_000 });
    const ended = events.next();
    stop.abort();
    expect(await ended).toEqual({ value: undefined, done: true });
  });
});
