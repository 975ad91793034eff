/** The sample server of the conformance suite as a container's program. */
export const SAMPLE_SERVER = `
const { createServer } = require('node:http');
const { appendFileSync, readFileSync } = require('node:fs');
const [, , task, word] = process.argv;
if (task === 'sample-task') { console.log('task ' + word); if (word !== 'slow') process.exit(word === 'failing' ? 7 : 0); }
if (word === 'slow') setTimeout(() => { console.log('task done'); process.exit(0); }, 2000);
else serve();
function serve() {
const behaviour = process.env.BEHAVIOUR;
if (behaviour === 'crashing') { console.error('cannot start: the database is not there'); process.exit(3); }
let requests = 0;
const answer = (response, status, body) => { response.writeHead(status, { 'content-type': 'application/json' }); response.end(JSON.stringify(body)); };
const server = createServer((request, response) => {
  request.resume();
  if (request.url === '/ready') return answer(response, behaviour === 'never-ready' ? 503 : 200, {});
  if (request.url === '/healthz') return answer(response, behaviour === 'unhealthy' ? 500 : 200, {});
  if (request.url === '/env') return answer(response, 200, process.env);
  if (request.url === '/die') return void process.exit(9);
  if (request.url.startsWith('/slow')) return void setTimeout(() => answer(response, 200, { version: process.env.SLIPWAY_ARTIFACT_VERSION }), Number(request.url.split('=')[1]));
  if (behaviour === 'erring' && ++requests % 2 === 0) return answer(response, 500, { error: 'half of all requests fail' });
  answer(response, 200, { version: process.env.SLIPWAY_ARTIFACT_VERSION });
});
server.listen(Number(process.env.PORT), () => console.log('listening', process.env.SLIPWAY_ARTIFACT_VERSION));
process.on('SIGTERM', () => { server.close(() => process.exit(0)); server.closeIdleConnections(); });
}
`;
