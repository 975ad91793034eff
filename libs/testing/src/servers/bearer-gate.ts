import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy in front of a server that knows no tokens: answers 401 to whoever does not bring this one. */
export class BearerGate {
  private constructor(private readonly server: Server) {}

  /** @param upstream `http://host:port` */
  static async before(upstream: string, token: string): Promise<BearerGate> {
    const server = createServer((incoming, response) => {
      if (incoming.headers.authorization === `Bearer ${token}`) pass(upstream, incoming, response);
      else response.writeHead(401, { 'www-authenticate': 'Bearer' }).end('unauthorized');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new BearerGate(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close().closeAllConnections();
  }
}

function pass(upstream: string, incoming: IncomingMessage, response: ServerResponse): void {
  const { authorization: _kept, ...headers } = incoming.headers;
  const outgoing = request(new URL(incoming.url!, upstream), { method: incoming.method, headers }, (answer) => {
    response.writeHead(answer.statusCode!, answer.headers);
    answer.pipe(response);
  });
  outgoing.once('error', (error) => response.writeHead(502).end(error.message));
  incoming.pipe(outgoing);
}
