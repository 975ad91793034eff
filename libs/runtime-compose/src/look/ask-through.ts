import { request } from 'node:http';
import type { Answer } from '@slipway/runtime-target';
import type { SshConnection } from '@slipway/ssh';

const TIMEOUT_MS = 5000;
const MAX_BODY = 1_000_000;

/** GET at a port of the host itself, through the SSH connection: no firewall in between has a say. */
export async function askThrough(connection: SshConnection, port: number, path: string, signal: AbortSignal): Promise<Answer> {
  try {
    const socket = await connection.forward('127.0.0.1', port);
    return await ask(socket, port, path, AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]));
  } catch (error) {
    signal.throwIfAborted();
    return { status: null, body: '', failure: error instanceof Error ? error.message : String(error) };
  }
}

function ask(socket: NodeJS.ReadWriteStream, port: number, path: string, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asking = request(
      {
        createConnection: () => socket as never,
        path,
        signal,
        headers: { host: `127.0.0.1:${port}`, connection: 'close', 'user-agent': 'slipway-verify' },
      },
      (answer) => {
        let body = '';
        answer.setEncoding('utf8').on('data', (text: string) => {
          if (body.length < MAX_BODY) body += text;
        });
        answer.once('end', () => {
          socket.end();
          resolve({ status: answer.statusCode ?? null, body, failure: null });
        });
        answer.once('error', reject);
      },
    );
    asking.once('error', reject);
    asking.end();
  });
}
