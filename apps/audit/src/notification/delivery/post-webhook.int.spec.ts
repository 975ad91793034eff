import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { postWebhook } from './post-webhook';

describe('posting to a webhook', () => {
  let server: Server;
  let hosts: string[];
  const send = (path: string, timeoutMs = 2_000) =>
    postWebhook(
      { url: new URL(`http://hooks.example.com:${(server.address() as AddressInfo).port}${path}`), address: '127.0.0.1' },
      { headers: {}, body: '{}', timeoutMs },
    );

  beforeAll(async () => {
    hosts = [];
    server = createServer((request, response) => {
      hosts.push(request.headers.host ?? '');
      if (request.url === '/endless') {
        response.writeHead(200);
        const more = (): void => void (response.destroyed || response.write('x'.repeat(65_536), () => setImmediate(more)));
        more();
      } else if (request.url === '/drip') {
        response.writeHead(200).write('x');
      } else if (request.url !== '/silent') response.writeHead(429, { 'retry-after': '7' }).end('later');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('connects to the address that was looked at, whatever the name says now', async () => {
    expect(await send('/')).toEqual({ status: 429, excerpt: 'later', retryAfterMs: 7_000 });
    expect(hosts[0]).toMatch(/^hooks\.example\.com:/);
  });
  it('takes a kilobyte of an answer without end', async () => {
    expect((await send('/endless')).excerpt).toHaveLength(1024);
  });
  it.each(['/silent', '/drip'])('waits no longer than it may: %s', async (path) => {
    await expect(send(path, 150)).rejects.toThrow();
  });
});
