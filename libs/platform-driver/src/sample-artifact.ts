import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testRun } from '@slipway/testing';

export interface SampleOptions {
  /** What GET / answers; the variable GREETING overrides it. */
  readonly greeting?: string;
  readonly replicas?: number;
  /** `bad`: /healthz answers 500; `late`: well for one second, then 500; `never`: the process does not listen. Default `good`. */
  readonly health?: 'good' | 'bad' | 'late' | 'never';
  /** Share of requests to / that answer 500, spread evenly. Default 0. */
  readonly errorRate?: number;
  /** Every answer to / takes this long. */
  readonly delayMs?: number;
  /** How long the released version must stay healthy. Default 0. */
  readonly watchMs?: number;
  /** Ends by itself with exit code 1 after this time. */
  readonly crashAfterMs?: number;
  /** What it writes to its log when it starts. */
  readonly says?: string;
  /** Further files by name. */
  readonly files?: Readonly<Record<string, string>>;
}

const server = (options: SampleOptions): string => `
import { createServer } from 'node:http';
const { greeting = 'hello', health = 'good', errorRate = 0, delayMs = 0, crashAfterMs, says } = ${JSON.stringify(options)};
const started = Date.now();
const healthy = () => health === 'good' || (health === 'late' && Date.now() - started < 1000);
let due = 0;
const fails = () => {
  due += errorRate;
  if (due < 1) return false;
  due -= 1;
  return true;
};
const server = createServer((request, response) => {
  if (request.url === '/healthz') return void response.writeHead(healthy() ? 200 : 500).end();
  if (request.url === '/env') return void response.end(JSON.stringify(process.env));
  setTimeout(() => response.writeHead(fails() ? 500 : 200).end(process.env.GREETING ?? greeting), delayMs);
});
if (health !== 'never') server.listen(Number(process.env.PORT), '127.0.0.1');
else setInterval(() => undefined, 1000);
if (says !== undefined) console.log(says);
if (crashAfterMs !== undefined) setTimeout(() => process.exit(1), crashAfterMs);
process.on('SIGTERM', () => server.close(() => process.exit(0)));
`;

const manifest = ({ replicas = 1, watchMs = 0 }: SampleOptions): string =>
  JSON.stringify({
    api_version: 'slipway/v1',
    processes: {
      web: {
        command: ['node', 'server.mjs'],
        port: true,
        replicas,
        stop_grace_ms: 5000,
        probes: {
          startup: { path: '/healthz', period_ms: 50, failure_threshold: 60 },
          readiness: { path: '/healthz', period_ms: 200, failure_threshold: 2 },
        },
      },
    },
    verification: { health: { path: '/healthz' }, watch_ms: watchMs },
  });

/** A directory with a small HTTP service that behaves as asked, ready to be packed as an artifact. */
export function sampleDirectory(options: SampleOptions = {}): string {
  const directory = mkdtempSync(join(testRun(), 'sample-'));
  const files = { 'server.mjs': server(options), 'slipway.json': manifest(options), ...options.files };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(directory, name, '..'), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  return directory;
}
