/** A small HTTP server for containers: the sample of the conformance suite, as `node -e` takes it. It drains its connections before it ends. */
export const SAMPLE_SERVER = `
const { createServer } = require('node:http');
const behaviour = process.env.BEHAVIOUR;
if (behaviour === 'crashing') { console.error('cannot start: the database is not there'); process.exit(3); }
let requests = 0;
let draining = false;
const answer = (response, status, body) => {
  response.writeHead(status, { 'content-type': 'application/json', ...(draining && { connection: 'close' }) });
  response.end(JSON.stringify(body));
};
const server = createServer((request, response) => {
  request.resume();
  if (request.url === '/ready') return answer(response, behaviour === 'never-ready' ? 503 : 200, {});
  if (request.url === '/healthz') return answer(response, behaviour === 'unhealthy' ? 500 : 200, {});
  if (request.url === '/env') return answer(response, 200, process.env);
  if (behaviour === 'erring' && ++requests % 2 === 0) return answer(response, 500, { error: 'half of all requests fail' });
  answer(response, 200, { version: process.env.SLIPWAY_ARTIFACT_VERSION, pod: require('node:os').hostname() });
});
server.keepAliveTimeout = 60000;
server.listen(Number(process.env.PORT), () => console.log('listening', process.env.SLIPWAY_ARTIFACT_VERSION));
process.on('SIGTERM', () => { draining = true; setTimeout(() => server.close(() => process.exit(0)), 500); });
`;
