import { once } from 'node:events';
import { connect } from 'node:net';
import { ROLLING, Scenario } from '@slipway/runtime-target';
import { alteredRelease } from './testing/altered-release';
import { ProcessHarness } from './testing/process-harness';

jest.setTimeout(60_000);

const seeded = (seed: number) => () => (seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;

describe("a slot's router under hostile bytes", () => {
  let harness: ProcessHarness;
  let scenario: Scenario;
  beforeAll(async () => {
    harness = new ProcessHarness();
    scenario = new Scenario(harness);
    await scenario.deploy(await scenario.release('v1', ROLLING));
  });
  afterEach(() => expect(harness.hostLog()).toBe(''));
  afterAll(() => harness.close());

  /** Sends bytes and waits until the other side is done with them, or half a second. */
  async function send(port: number, bytes: Buffer): Promise<void> {
    const socket = connect({ host: '127.0.0.1', port });
    socket.on('error', () => undefined).resume();
    await once(socket, 'connect');
    socket.setTimeout(300, () => socket.destroy());
    socket.write(bytes);
    await once(socket, 'close');
  }

  const heads = [
    'GET / HTTP/1.1\r\nHost: x\r\nX-A: a\x7fb\r\n\r\n',
    'GET /\x80\xff HTTP/1.1\r\nHost: x\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: \xe9\x01\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: x\r\nConnection: ,,,;\r\nUpgrade: \x7f\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: a\x7fb\r\n\r\n',
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n',
    'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\nzz\r\n',
    'GET http://evil/ HTTP/1.1\r\nHost: x\r\n\r\n',
    'CONNECT evil:443 HTTP/1.1\r\nHost: x\r\n\r\n',
    'OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n',
    'GET / HTTP/1.0\r\n\r\n',
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`,
    'TRACE / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nTE: x\r\n\r\n',
  ];

  it('goes on as before', async () => {
    const before = await harness.target.ensureHost();
    const port = Number(new URL(await scenario.url()).port);
    const next = seeded(11);
    const mutated = Array.from({ length: 60 }, () => {
      const bytes = Buffer.from(heads[Math.floor(next() * heads.length)]!, 'latin1');
      for (let change = 0; change < 3; change++) bytes[Math.floor(next() * bytes.length)] = Math.floor(next() * 256);
      return bytes;
    });
    await Promise.all([...heads.map((head) => Buffer.from(head, 'latin1')), ...mutated].map((bytes) => send(port, bytes)));
    expect(await scenario.answer()).toBe('v1');
    expect((await harness.target.ensureHost()).pid).toBe(before.pid);
  });

  it('goes on when a replica answers nonsense', async () => {
    const before = await harness.target.ensureHost();
    const answers = [
      'HTTP/1.1 200 O\x7fK\r\nContent-Length: 0\r\n\r\n',
      'HTTP/1.1 200 OK\r\nX-A: a\x7fb\r\nContent-Length: 0\r\n\r\n',
      'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!',
      'HTTP/1.1 099 Low\r\n\r\n',
      'HTTP/1.1 999 High\r\nContent-Length: 0\r\n\r\n',
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\nboo',
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n',
      'garbage\r\n\r\n',
      '',
    ];
    const odd = new Scenario(harness, 1);
    const code = `const answers = ${JSON.stringify(answers)}; let turn = 0;
      require('node:net').createServer((socket) => {
        socket.on('error', () => {});
        socket.once('data', () => socket.end(Buffer.from(answers[turn++ % answers.length], 'latin1')));
      }).listen(Number(process.env.PORT), '127.0.0.1');`;
    const release = await alteredRelease(harness, odd, 'v1', ({ web }) => ({
      web: { ...web!, command: ['node', '-e', code], probes: {} },
    }));
    expect(await odd.run(harness.target.deploySteps(release))).toMatchObject({ outcome: 'succeeded' });
    const port = Number(new URL(await odd.url()).port);
    for (let turn = 0; turn < answers.length * 3; turn++)
      await send(port, Buffer.from('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'));
    expect((await harness.target.ensureHost()).pid).toBe(before.pid);
  });
});
