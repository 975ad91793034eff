import { createServer, request, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What becomes of a request: passed on; answered without the server; done by the server with the answer lost; held until the promise resolves. */
export type Fate =
  'pass' | 'lose-answer' | { readonly status: number; readonly headers?: Record<string, string> } | { readonly heldUntil: Promise<void> };

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  status?: number;
}

/** Stands in front of an API server and decides what becomes of each request. */
export class FaultProxy {
  readonly seen: SeenRequest[] = [];
  decide: (request: SeenRequest) => Fate = () => 'pass';
  private constructor(
    private readonly server: Server,
    private readonly upstream: URL,
    private readonly ca: string,
  ) {}

  static async open(endpoint: string, certificate: string, key: string): Promise<FaultProxy> {
    const server = createServer({ cert: certificate, key });
    const proxy = new FaultProxy(server, new URL(endpoint), certificate);
    server.on('request', (incoming, response) => void proxy.handle(incoming, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get endpoint(): string {
    return `https://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Requests that changed something at the server. */
  get writes(): readonly SeenRequest[] {
    return this.seen.filter(
      ({ method, path, status }) => method !== 'GET' && !path.includes('selfsubject') && status !== undefined && status < 300,
    );
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
    const seen: SeenRequest = { method: incoming.method!, path: incoming.url! };
    this.seen.push(seen);
    const fate = this.decide(seen);
    if (typeof fate === 'object' && 'status' in fate) {
      response
        .writeHead(fate.status, fate.headers)
        .end(JSON.stringify({ kind: 'Status', code: fate.status, message: 'so the test wants it' }));
      return;
    }
    if (typeof fate === 'object') await fate.heldUntil;
    const answer = await this.forward(incoming, Buffer.concat(chunks));
    seen.status = answer.statusCode;
    if (fate === 'lose-answer') {
      answer.resume();
      response.destroy();
    } else {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    }
  }

  private forward({ method, url, headers }: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const { hostname, port } = this.upstream;
      const outgoing = request(
        { hostname, port, method, path: url, headers: { ...headers, host: this.upstream.host }, ca: this.ca },
        resolve,
      );
      outgoing.once('error', reject);
      outgoing.end(body);
    });
  }
}
