/**
 * The smallest service worth deploying: says hello on PORT, tells its health, and ends in order on SIGTERM.
 * GREETING changes what it says.
 */
import { createServer } from 'node:http';

const greeting = process.env.GREETING ?? 'hello from Slipway';
const server = createServer((request, response) => {
  if (request.url === '/healthz') return void response.writeHead(200).end('ok\n');
  response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`${greeting}\n`);
});

server.listen(Number(process.env.PORT), process.env.HOST ?? '127.0.0.1', () => console.log(`listening on ${process.env.PORT}`));
process.on('SIGTERM', () => server.close(() => process.exit(0)));
