import { startNats, type NatsServer } from '@slipway/testing';
import { connect, errors, type NatsConnection } from '@nats-io/transport-node';
import { ConnectionLost, Link } from './link';

let server: NatsServer;
let connection: NatsConnection;

beforeAll(async () => {
  server = await startNats({});
});
beforeEach(async () => {
  connection = await connect({ servers: server.url, reconnectTimeWait: 50 });
});
afterEach(() => connection.close());
afterAll(() => server.stop());

const serve = (subject: string, callback: (body: string, answer: (body: string) => void) => void): void =>
  void connection.subscribe(subject, { callback: (_, message) => callback(message.string(), (body) => void message.respond(body)) });

describe('requests of a link', () => {
  it('each get their own answer, in whatever order answers come', async () => {
    const waiting: (() => void)[] = [];
    serve('echo', (body, answer) => {
      waiting.push(() => answer(body));
      if (waiting.length === 200) waiting.reverse().forEach((each) => each());
    });
    const asked = Array.from({ length: 200 }, (_, n) => String(n));
    const answers = await Promise.all(asked.map((body) => Link.of(connection).request('echo', body, { timeout: 5_000 })));
    expect(answers.map((answer) => answer.string())).toEqual(asked);
  });

  it('end at their timeout, and an answer after that is nobody’s', async () => {
    let late: (() => void) | undefined;
    serve('slow', (_, answer) => (late = () => answer('late')));
    serve('quick', (_, answer) => answer('quick'));
    await expect(Link.of(connection).request('slow', '', { timeout: 50 })).rejects.toBeInstanceOf(errors.TimeoutError);
    late!();
    expect((await Link.of(connection).request('quick', '', { timeout: 5_000 })).string()).toBe('quick');
  });

  it('end at once where nobody serves', async () => {
    await expect(Link.of(connection).request('nobody', '', { timeout: 60_000 })).rejects.toBeInstanceOf(errors.NoRespondersError);
  });

  it('end at once when the server goes, and work again when it is back', async () => {
    serve('silent', () => undefined);
    const link = Link.of(connection);
    const asked = link.request('silent', '', { timeout: 60_000 });
    await connection.flush();
    await server.kill();
    await expect(asked).rejects.toBeInstanceOf(ConnectionLost);
    await expect(link.request('silent', '', { timeout: 60_000 })).rejects.toMatchObject({ code: 'dependency_unavailable' });
    await server.start();
    await link.whenUp(10_000);
    serve('back', (_, answer) => answer('back'));
    expect((await link.request('back', '', { timeout: 5_000 })).string()).toBe('back');
  });

  it('are refused when the connection closes', async () => {
    serve('silent', () => undefined);
    const link = Link.of(connection);
    const asked = link.request('silent', '', { timeout: 60_000 });
    const refused = expect(asked).rejects.toBeInstanceOf(ConnectionLost);
    await connection.close();
    await refused;
  });
});

describe('what a link publishes', () => {
  it('arrives in the order of the calls, requests among it', async () => {
    const seen: string[] = [];
    serve('in.order', (body, answer) => {
      seen.push(body);
      answer(body);
    });
    const link = Link.of(connection);
    link.publish('in.order', '1');
    const asked = link.request('in.order', '2', { timeout: 5_000 });
    link.publish('in.order', '3');
    expect((await asked).string()).toBe('2');
    await connection.flush();
    expect(seen).toEqual(['1', '2', '3']);
  });

  it('goes out in one write per turn of the event loop', async () => {
    const link = Link.of(connection);
    // The client's public type leaves its transport out.
    const { transport } = (connection as unknown as { protocol: { transport: { send(frame: Uint8Array): void } } }).protocol;
    const write = jest.spyOn(transport, 'send');
    for (let n = 0; n < 10; n++) await Promise.resolve(link.publish('turn', String(n)));
    await new Promise((resolve) => setImmediate(resolve));
    expect(
      write.mock.calls.map(
        ([frame]) =>
          Buffer.from(frame)
            .toString()
            .match(/^PUB turn/gm)?.length,
      ),
    ).toEqual([10]);
  });

  it('is sent before the turn ends when the link is flushed, and so before a drain', async () => {
    const other = await connect({ servers: server.url });
    const seen = new Promise<string>((resolve) => serve('last.words', (body) => resolve(body)));
    await connection.flush();
    Link.of(other).publish('last.words', 'done');
    Link.of(other).flush();
    await other.drain();
    expect(await seen).toBe('done');
  });
});
