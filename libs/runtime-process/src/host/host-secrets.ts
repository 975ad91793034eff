import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { replaceFile } from './durable-file';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals what a restart of a replica needs again (its secrets) with this host's own key: AES-256-GCM, bound to slot and
 * release. Protects copies and backups of the data directory that lack `host.key`; whoever reads both reads the secrets.
 */
export class HostSecrets {
  private readonly key: Buffer;

  constructor(keyPath: string) {
    this.key = readKey(keyPath);
  }

  write(path: string, boundTo: string, secrets: Readonly<Record<string, string>>): void {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce).setAAD(Buffer.from(boundTo));
    const sealed = Buffer.concat([cipher.update(JSON.stringify(secrets), 'utf8'), cipher.final()]);
    replaceFile(path, Buffer.concat([nonce, cipher.getAuthTag(), sealed]), { durable: true });
  }

  /** No file: no secrets. */
  read(path: string, boundTo: string): Record<string, string> {
    let bytes: Buffer;
    try {
      bytes = readFileSync(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
      throw error;
    }
    const decipher = createDecipheriv('aes-256-gcm', this.key, bytes.subarray(0, NONCE_BYTES))
      .setAAD(Buffer.from(boundTo))
      .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const opened = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    return JSON.parse(opened.toString('utf8')) as Record<string, string>;
  }
}

function readKey(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const key = randomBytes(32);
    replaceFile(path, key, { durable: true });
    return key;
  }
}
