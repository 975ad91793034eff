import { randomBytes } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { generateSigningKeyPair, issueEmbeddedTokens } from '@slipway/service-kit';
import type { JWK } from 'jose';
import { keyFiles, type KeyFiles } from './credentials';
import { readJson, writeJson, writeText } from './files';
import type { DataDirectory } from './layout';

/** The private half of the token issuer's key. */
export const issuerPrivateFile = (data: DataDirectory): string => join(data.keys, 'issuer-private.jwk.json');

/** What `npm run up` has: the keys, and `tokens.json` with a token for every role. */
export async function ensureKeysAndTokens(data: DataDirectory): Promise<KeyFiles> {
  const files = await ensureKeys(data);
  if (!existsSync(data.tokensFile)) {
    writeJson(data.tokensFile, await issueEmbeddedTokens({ privateJwk: readJson<JWK>(issuerPrivateFile(data))! }));
  }
  return files;
}

/** Signing keys, and the keys that seal secrets and endpoints (32 bytes, base64). Each is written once. */
export async function ensureKeys(data: DataDirectory): Promise<KeyFiles> {
  const files = keyFiles(data);
  if (!existsSync(files.internalPrivate)) {
    const pair = await generateSigningKeyPair();
    writeJson(files.internalPublic, pair.publicJwk);
    writeJson(files.internalPrivate, pair.privateJwk);
  }
  if (!existsSync(issuerPrivateFile(data)) || !existsSync(files.issuerJwks)) {
    const pair = await generateSigningKeyPair();
    rmSync(data.tokensFile, { force: true });
    writeJson(files.issuerJwks, { keys: [pair.publicJwk] });
    writeJson(issuerPrivateFile(data), pair.privateJwk);
  }
  for (const file of [files.secrets, files.endpoints]) {
    if (!existsSync(file)) writeText(file, `${randomBytes(32).toString('base64')}\n`);
  }
  return files;
}
