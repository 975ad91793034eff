import { createServer } from 'node:net';
import { freePort } from './free-port';
import { portHolder } from './port-holder';

(process.platform === 'linux' ? it : it.skip)('names the process that holds a port', async () => {
  const port = await freePort();
  expect(portHolder(port)).toBeUndefined();
  const server = createServer().listen(port, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  expect(portHolder(port)).toContain(`(pid ${process.pid})`);
  await new Promise((resolve) => server.close(resolve));
});
