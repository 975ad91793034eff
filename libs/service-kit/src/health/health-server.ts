import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Registry } from 'prom-client';
import type { Readiness } from './readiness';

export interface HealthServerOptions {
  readonly host: string;
  readonly port: number;
  readonly readiness: Readiness;
  readonly registries: readonly Registry[];
}

/**
 * `/healthz/live`: the event loop turns. `/healthz/startup`: start-up is over. `/healthz/ready`: the readiness report,
 * 503 unless ready. `/metrics`: Prometheus text. Answers from the first moment, so that a slow start can be told from a dead process.
 */
export class HealthServer {
  private started = false;
  private readonly server: Server;

  constructor(private readonly options: HealthServerOptions) {
    this.server = createServer((request, response) => void this.answer(request, response));
    this.server.keepAliveTimeout = 5_000;
  }

  /** @returns the port it listens on. */
  async listen(): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(this.options.port, this.options.host, resolve);
    });
    return (this.server.address() as AddressInfo).port;
  }

  markStarted(): void {
    this.started = true;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.split('?')[0];
    try {
      if (path === '/healthz/live') send(response, 200, { status: 'live' });
      else if (path === '/healthz/startup') send(response, this.started ? 200 : 503, { status: this.started ? 'started' : 'starting' });
      else if (path === '/healthz/ready') {
        const report = await this.options.readiness.report();
        send(response, report.status === 'ready' ? 200 : 503, report);
      } else if (path === '/metrics') {
        await this.options.readiness.report();
        const texts = await Promise.all(this.options.registries.map((registry) => registry.metrics()));
        response.writeHead(200, { 'content-type': Registry.PROMETHEUS_CONTENT_TYPE }).end(texts.join('\n'));
      } else send(response, 404, { status: 'unknown path' });
    } catch (error) {
      send(response, 500, { status: 'failed', error: error instanceof Error ? error.message : 'unknown' });
    }
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(body));
}
