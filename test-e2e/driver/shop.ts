/** An application of two services for clusters: a shop that answers with its version, and another beside it that others reach by name. */
export function shopManifest(image: string, version: string, { crashing = false, beside = 'stock' } = {}): string {
  const server = `
const { createServer } = require('node:http');
if (process.env.CRASHING) { console.error('cannot start: the database is not there'); process.exit(3); }
let draining = false;
const server = createServer((request, response) => {
  request.resume();
  response.writeHead(200, draining ? { connection: 'close' } : {}).end(process.env.SAYS);
}).listen(Number(process.env.PORT || 9000));
server.keepAliveTimeout = 60000;
process.on('SIGTERM', () => { draining = true; setTimeout(() => server.close(() => process.exit(0)), 500); });`;
  const common = { image, command: ['node', '-e', server], stop_grace_ms: 3000, resources: { cpu_request_millis: 5 } };
  const probes = { readiness: { path: '/', period_ms: 1000, timeout_ms: 5000, failure_threshold: 10 } };
  return JSON.stringify({
    api_version: 'slipway/v1',
    processes: {
      web: { ...common, port: true, replicas: 2, env: { SAYS: version, ...(crashing && { CRASHING: '1' }) }, probes },
      [beside]: { ...common, internal_ports: [9000], env: { SAYS: `${beside} ${version}` }, probes },
    },
    verification: { health: { path: '/' }, smoke: [{ name: 'says', path: '/', expect_body: version }], watch_ms: 500 },
  });
}
