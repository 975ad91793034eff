import { createHash } from 'node:crypto';
import { Client } from 'ssh2';
import { SlipwayError } from '@slipway/contracts';

/** As `ssh-keygen -lf` prints it. */
export const fingerprintOf = (key: Buffer): string => `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;

/** A server may hold one key of each kind and shows the first that both sides know: the pinned one may be another. */
export const HOST_KEY_FAMILIES = [
  ['ssh-ed25519'],
  ['ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521'],
  ['rsa-sha2-512', 'rsa-sha2-256'],
] as const;

const READ_TIMEOUT_MS = 10_000;

/**
 * The fingerprint of the key that a host presents, read in the handshake; nobody logs in.
 * @throws SlipwayError `dependency_unavailable`
 */
export function presentedHostKey(host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const client = new Client();
    let seen: string | undefined;
    const end = (error?: Error): void => {
      client.end();
      if (seen) resolve(seen);
      else
        reject(
          new SlipwayError('dependency_unavailable', `No SSH server answers at ${host}:${port}: ${error?.message ?? 'connection closed'}.`),
        );
    };
    client.on('error', end);
    client.on('close', () => end());
    client.connect({
      host,
      port,
      username: 'nobody',
      readyTimeout: READ_TIMEOUT_MS,
      hostVerifier: (key: Buffer) => {
        seen = fingerprintOf(key);
        return false;
      },
    });
  });
}
