import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceName } from '@slipway/contracts';
import { SERVICE_NAMES } from './service-names';
import { readJson, writeJson } from './files';
import type { DataDirectory } from './layout';

/** NATS accounts: one for each service, one that creates streams, one that may only read. */
export const NATS_USERS = [...SERVICE_NAMES, 'bootstrap', 'subscriber'] as const;
export type NatsUser = ServiceName | 'bootstrap' | 'subscriber';

export interface Credentials {
  readonly nats: Readonly<Record<NatsUser, string>>;
  readonly postgres: string;
  /** With which members of a NATS cluster know each other. */
  readonly cluster: string;
}

export interface KeyFiles {
  readonly internalPrivate: string;
  readonly internalPublic: string;
  readonly issuerJwks: string;
  readonly secrets: string;
  /** Seals webhook URLs and secrets, and mail addresses: audit's alone. */
  readonly endpoints: string;
}

const password = (): string => randomBytes(24).toString('base64url');

/** Made at the first start, kept from then on. */
export function ensureCredentials(data: DataDirectory): Credentials {
  for (const directory of [data.root, data.keys, data.logs, data.run, data.nats]) mkdirSync(directory, { recursive: true });
  const stored = readJson<Credentials>(data.credentialsFile);
  const credentials: Credentials = {
    nats: Object.fromEntries(NATS_USERS.map((user) => [user, stored?.nats[user] ?? password()])) as Record<NatsUser, string>,
    postgres: stored?.postgres ?? password(),
    cluster: stored?.cluster ?? password(),
  };
  if (JSON.stringify(stored) !== JSON.stringify(credentials)) writeJson(data.credentialsFile, credentials);
  return credentials;
}

export const keyFiles = (data: DataDirectory): KeyFiles => ({
  internalPrivate: join(data.keys, 'internal-private.jwk.json'),
  internalPublic: join(data.keys, 'internal-public.jwk.json'),
  issuerJwks: join(data.keys, 'issuer.jwks.json'),
  secrets: join(data.keys, 'secrets.key'),
  endpoints: join(data.keys, 'endpoints.key'),
});

/** Whether everything that a first start makes is there. */
export const hasKeys = (data: DataDirectory): boolean =>
  [...Object.values<string>({ ...keyFiles(data) }), data.tokensFile].every((file) => existsSync(file));
