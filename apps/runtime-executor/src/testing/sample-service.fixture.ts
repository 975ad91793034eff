import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import type { ArtifactManifest } from '@slipway/contracts';

/** How a version of the sample service behaves. */
export interface SampleGiven {
  readonly version: string;
  /** File to which every start appends `<version> <pid>`: the ledger of effects. */
  readonly ledger: string;
  readonly replicas?: number;
  /** `unhealthy`: answers 500 at /healthz; `dies`: ends at once with code 3. */
  readonly fault?: 'unhealthy' | 'dies';
  /** Until it is ready. */
  readonly slowMs?: number;
}

const SERVER = `
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
const { VERSION, LEDGER, FAULT, SLOW_MS, PORT, PASSWORD } = process.env;
appendFileSync(LEDGER, VERSION + ' ' + process.pid + '\\n');
if (PASSWORD) console.log('the password is ' + PASSWORD);
if (FAULT === 'dies') { console.error('cannot go on'); process.exit(3); }
const readyAt = Date.now() + Number(SLOW_MS);
const server = createServer((request, response) => {
  if (request.url === '/ready') return void response.writeHead(Date.now() >= readyAt ? 200 : 503).end();
  if (request.url === '/healthz') return void response.writeHead(FAULT === 'unhealthy' ? 500 : 200).end();
  response.end(VERSION);
});
server.listen(Number(PORT), '127.0.0.1');
process.on('SIGTERM', () => server.close(() => process.exit(0)));
`;

/** A canonical tarball with the service, and its digest. */
export async function sampleArtifact(): Promise<{ bytes: Buffer; digest: string }> {
  const archive = pack();
  const fixed = { mtime: new Date(0), uid: 0, gid: 0, uname: '', gname: '' };
  archive.entry({ ...fixed, name: 'server.mjs', mode: 0o644 }, SERVER);
  archive.finalize();
  const bytes = await buffer(archive);
  return { bytes, digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}` };
}

export const sampleManifest = ({ version, ledger, replicas = 2, fault, slowMs = 0 }: SampleGiven): ArtifactManifest => ({
  api_version: 'slipway/v1',
  processes: {
    web: {
      command: ['node', 'server.mjs'],
      port: true,
      replicas,
      stop_grace_ms: 1000,
      env: { VERSION: version, LEDGER: ledger, FAULT: fault ?? '', SLOW_MS: String(slowMs) },
      probes: { readiness: { path: '/ready', period_ms: 50, failure_threshold: 200 } },
    },
  },
  verification: { health: { path: '/healthz' }, watch_ms: 100 },
});
