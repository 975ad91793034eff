import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { startPlatform, type Platform } from '@slipway/platform-driver';
import { eventually } from '@slipway/testing';
import type { JsonObject } from '../driver/http';

interface Exported {
  readonly service: string;
  readonly traceId: string;
  readonly name: string;
}

/** An OTLP/HTTP receiver: what an operator's collector would get. */
class Collector {
  readonly spans: Exported[] = [];
  private readonly server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      this.take((request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString());
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop = (): Promise<unknown> => new Promise((resolve) => this.server.close(resolve));

  private take(text: string): void {
    for (const { resource, scopeSpans } of (JSON.parse(text) as { resourceSpans: JsonObject[] }).resourceSpans) {
      const service = resource.attributes.find((attribute: { key: string }) => attribute.key === 'service.name').value
        .stringValue as string;
      for (const { spans } of scopeSpans) for (const span of spans) this.spans.push({ service, traceId: span.traceId, name: span.name });
    }
  }
}

const collector = new Collector();
let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform({ environment: { OTEL_EXPORTER_OTLP_ENDPOINT: await collector.start() } });
}, 120_000);
afterAll(async () => {
  await platform?.stop();
  await collector.stop();
}, 60_000);

it('one trace leads from the request that applies through every process it sets to work', async () => {
  const developer = platform.as('developer');
  await developer.push('1.0.0');
  const release = await developer.deploy({ artifact: '1.0.0' });
  expect(release.status).toBe('applied');
  const services = await eventually(
    () => {
      const applied = collector.spans.filter((span) => span.service === 'runtime-executor').map((span) => span.traceId);
      const traces = [...new Set(applied)].map((traceId) => collector.spans.filter((span) => span.traceId === traceId));
      const whole = traces.map((spans) => new Set(spans.map((span) => span.service)));
      return whole.find((names) => ['gateway', 'release', 'runtime-executor'].every((name) => names.has(name)));
    },
    { timeoutMs: 30_000 },
  );
  expect([...services]).toEqual(expect.arrayContaining(['gateway', 'release', 'runtime-executor']));
}, 120_000);
