import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from '../eventually';
import { PROMETHEUS_LOGIN, startPrometheus, type PrometheusServer } from './prometheus';

const { username, password } = PROMETHEUS_LOGIN;
const headers = { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };

/** A gauge `late_orders{release="..."}` in a real Prometheus, set by the test. */
export class WatchedGauge {
  private readonly values = new Map<string, number>();
  private prometheus!: PrometheusServer;

  private constructor(private readonly exporter: Server) {
    exporter.on('request', (_request, response: ServerResponse) => {
      const lines = [...this.values].map(([release, count]) => `late_orders{release="${release}"} ${count}\n`);
      response.setHeader('content-type', 'text/plain; version=0.0.4').end(lines.join(''));
    });
  }

  static async start(options: { readonly login?: boolean } = {}): Promise<WatchedGauge> {
    const exporter = createServer();
    const gauge = new WatchedGauge(exporter);
    await new Promise<void>((resolve) => exporter.listen(0, '127.0.0.1', resolve));
    gauge.prometheus = await startPrometheus(`127.0.0.1:${(exporter.address() as AddressInfo).port}`, options);
    return gauge;
  }

  /** Of the Prometheus. */
  get url(): string {
    return this.prometheus.url;
  }

  /** Resolves once Prometheus has as many series as there are releases. */
  async set(figures: Readonly<Record<string, number>>): Promise<void> {
    this.values.clear();
    for (const [release, count] of Object.entries(figures)) this.values.set(release, count);
    const wanted = this.values.size === 0 ? '"result":[]' : `"${this.values.size}"]`;
    await eventually(async () => {
      const answer = await fetch(`${this.url}/api/v1/query?query=count(late_orders)`, { headers });
      return (await answer.text()).includes(wanted);
    });
  }

  async stop(): Promise<void> {
    await this.prometheus.stop();
    this.exporter.closeAllConnections();
    this.exporter.close();
  }
}
