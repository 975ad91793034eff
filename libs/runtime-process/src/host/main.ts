import { chmodSync, rmSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { dirname } from 'node:path';
import { hostPaths, ownDirectory, type HostPaths } from '../host-paths';
import { Host } from './host';
import { hostApi } from './host-api';
import { boundLogs } from './workload-logs';

const BOUND_LOGS_EVERY_MS = 5000;

/** Usage: node main.js <data directory>. PATH is what workloads get. Exits 0 when another host leads there already. */
async function main(dataDir: string): Promise<void> {
  const paths = hostPaths(dataDir);
  ownDirectory(paths.dataDir);
  ownDirectory(dirname(paths.socket));
  if (!(await lead(paths))) return;
  const host = new Host(paths, process.env['PATH'] ?? '/usr/bin:/bin');
  let leaving = false;
  const leave = (keepWorkloads: boolean) => {
    if (leaving) return;
    leaving = true;
    void host.halt({ keepWorkloads }).finally(() => {
      rmSync(paths.socket, { force: true });
      process.exit(0);
    });
  };
  const api = hostApi(host, leave);
  await host.recover();
  await open(api, paths.socket);
  process.on('SIGTERM', () => leave(true));
  process.on('SIGINT', () => leave(true));
  setInterval(() => {
    for (const slotId of host.slotIds) boundLogs(host.logDirectory(slotId));
  }, BOUND_LOGS_EVERY_MS);
}

/**
 * One host per data directory: on Linux whoever binds an abstract socket, which the kernel frees with the process, however it
 * ends (unix(7)). Elsewhere whoever finds nobody answering on the socket.
 */
function lead(paths: HostPaths): Promise<boolean> {
  if (process.platform !== 'linux') return answers(paths.socket).then((answered) => !answered);
  return bind(createServer(), `\0slipway-host-${paths.identity}-${process.getuid?.() ?? 0}`);
}

async function open(api: Server, socket: string): Promise<void> {
  rmSync(socket, { force: true });
  // The file is made within the call; replicas that start meanwhile must not inherit this mask.
  const mask = process.umask(0o177);
  const bound = bind(api, socket);
  process.umask(mask);
  if (!(await bound)) throw new Error(`cannot listen on ${socket}`);
  chmodSync(socket, 0o600);
}

function bind(server: Server, path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error)));
    server.listen({ path, exclusive: true }, () => resolve(true));
  });
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    request({ socketPath: socket, path: '/health' }, (response) => {
      response.resume();
      resolve(true);
    })
      .once('error', () => resolve(false))
      .end();
  });
}

main(process.argv[2] ?? '').catch((error: unknown) => {
  process.stderr.write(`${new Date().toISOString()} host failed: ${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
