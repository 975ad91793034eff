import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { generateSigningKeyPair, issueEmbeddedTokens } from '@slipway/service-kit';
import { keyFiles, type KeyFiles } from './credentials';
import { writeJson, writeText } from './files';
import type { DataDirectory } from './layout';

/** Signing keys, the keys that seal secrets and endpoints (32 bytes, base64), and `tokens.json`. Each is written once. */
export async function ensureKeys(data: DataDirectory): Promise<KeyFiles> {
  const files = keyFiles(data);
  if (!existsSync(files.internalPrivate)) {
    const pair = await generateSigningKeyPair();
    writeJson(files.internalPublic, pair.publicJwk);
    writeJson(files.internalPrivate, pair.privateJwk);
  }
  if (!existsSync(data.tokensFile) || !existsSync(files.issuerJwks)) {
    const pair = await generateSigningKeyPair();
    writeJson(join(data.keys, 'issuer-private.jwk.json'), pair.privateJwk);
    writeJson(files.issuerJwks, { keys: [pair.publicJwk] });
    writeJson(data.tokensFile, await issueEmbeddedTokens({ privateJwk: pair.privateJwk }));
  }
  for (const file of [files.secrets, files.endpoints]) {
    if (!existsSync(file)) writeText(file, `${randomBytes(32).toString('base64')}\n`);
  }
  return files;
}
