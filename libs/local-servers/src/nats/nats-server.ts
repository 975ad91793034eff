import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { hasEnded, spawnLogged, tailOf, type LoggedProcess } from '../os/logged-process';

/** True when a nats-server greets on the port. It does so only after JetStream has recovered its streams. */
export const natsGreets = (port: number, host = '127.0.0.1'): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host });
    const finish = (greeted: boolean): void => {
      socket.destroy();
      resolve(greeted);
    };
    socket.setTimeout(1_000, () => finish(false));
    socket.once('error', () => finish(false));
    socket.once('data', (chunk) => finish(chunk.toString('latin1').startsWith('INFO ')));
  });

export interface NatsOptions {
  readonly file: string;
  readonly configFile: string;
  readonly port: number;
  readonly logFile: string;
  readonly timeoutMs?: number;
}

/**
 * Starts nats-server on a configuration file and waits until it greets.
 * @throws Error with the tail of its log when it ends or stays silent.
 */
export async function startNatsServer(options: NatsOptions): Promise<LoggedProcess> {
  const started = await spawnLogged({ file: options.file, argv: ['-c', options.configFile], logFile: options.logFile });
  const deadline = performance.now() + (options.timeoutMs ?? 60_000);
  while (!(await natsGreets(options.port))) {
    if (hasEnded(started.child)) throw new Error(`nats-server ended while starting:\n${tailOf(options.logFile)}`);
    if (performance.now() > deadline) {
      started.child.kill('SIGKILL');
      throw new Error(`nats-server did not answer on port ${options.port} in time:\n${tailOf(options.logFile)}`);
    }
    await delay(15);
  }
  return started;
}
