import { sha256 } from '@slipway/contracts';
import type { SampleArtifact, SampleBehaviour } from '@slipway/runtime-target';
import { pack } from 'tar-stream';

const SERVER = `
const { createServer } = require('node:http');
const behaviour = process.env.BEHAVIOUR;
if (behaviour === 'crashing') { console.error('cannot start: the database is not there'); process.exit(3); }
let requests = 0;
let deadlocked = false;
const answer = (response, status, body) => { response.writeHead(status, { 'content-type': 'application/json' }); response.end(JSON.stringify(body)); };
const server = createServer((request, response) => {
  request.resume();
  if (request.url === '/ready') return answer(response, behaviour === 'never-ready' ? 503 : 200, {});
  if (request.url === '/healthz') return answer(response, behaviour === 'unhealthy' ? 500 : 200, {});
  if (request.url === '/alive') return answer(response, deadlocked ? 500 : 200, {});
  if (request.url === '/deadlock') { deadlocked = true; return answer(response, 200, {}); }
  if (request.url === '/env') return answer(response, 200, process.env);
  if (request.url.startsWith('/slow')) return void setTimeout(() => answer(response, 200, { version: process.env.SLIPWAY_ARTIFACT_VERSION }), Number(request.url.split('=')[1]));
  if (request.url === '/half') { response.writeHead(200, { 'content-length': '1000' }); response.write('half'); return void setTimeout(() => process.exit(9), 20); }
  if (request.url === '/die') return process.kill(process.pid, 'SIGKILL');
  if (behaviour === 'erring' && ++requests % 2 === 0) return answer(response, 500, { error: 'half of all requests fail' });
  answer(response, 200, { version: process.env.SLIPWAY_ARTIFACT_VERSION, pid: process.pid, headers: request.headers });
});
server.on('upgrade', (request, socket) => {
  socket.write('HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: echo\\r\\nConnection: Upgrade\\r\\n\\r\\n');
  socket.pipe(socket);
});
server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('listening', process.env.SLIPWAY_ARTIFACT_VERSION));
process.on('SIGTERM', () => server.close(() => process.exit(0)));
`;

/** A small HTTP server as an artifact, behaving as the conformance suite asks. */
export async function sampleArtifact(version: string, behaviour: SampleBehaviour, replicas: number): Promise<SampleArtifact> {
  const tarball = await tarOf({ 'server.js': SERVER, VERSION: version });
  return {
    digest: sha256(tarball),
    version,
    manifest: {
      api_version: 'slipway/v1',
      processes: {
        web: {
          command: ['node', 'server.js'],
          env: { BEHAVIOUR: behaviour },
          port: true,
          replicas,
          stop_grace_ms: 3000,
          probes: {
            startup: { path: '/ready', period_ms: 500, failure_threshold: behaviour === 'never-ready' ? 1 : 20 },
            readiness: { path: '/ready', period_ms: 500 },
          },
        },
      },
      verification: { health: { path: '/healthz' }, smoke: [{ name: 'answers', path: '/', expect_body: 'version' }], watch_ms: 200 },
    },
    open: () => bytesOf(tarball),
  };
}

export async function tarOf(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const archive = pack();
  for (const [name, content] of Object.entries(files)) archive.entry({ name, mtime: new Date(0) }, content);
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export async function* bytesOf(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(content);
}
