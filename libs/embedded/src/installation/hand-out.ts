import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyFiles, NATS_USERS, type Credentials } from '../data-directory/credentials';
import { writeText } from '../data-directory/files';
import type { DataDirectory } from '../data-directory/layout';
import { SERVICE_NAMES } from '../data-directory/service-names';

/** Who gets secrets: every service, the servers, the one-shot steps, and whoever subscribes to events. */
export const CONSUMERS = [...SERVICE_NAMES, 'bootstrap', 'nats', 'postgres', 'subscriber'] as const;
export type Consumer = (typeof CONSUMERS)[number];
/** File name to contents. */
export type SecretFiles = Readonly<Record<string, string>>;

export interface InstalledDatabase {
  /** `host:port/database`, for the account `slipway`. */
  readonly address: string;
}

const USER = 'slipway';
const DATABASE_READERS: readonly Consumer[] = ['bootstrap', ...SERVICE_NAMES.filter((name) => name !== 'gateway')];

/** What each consumer needs of the installation's secrets, and nothing that is another's. */
export function secretsOf(data: DataDirectory, credentials: Credentials, database: InstalledDatabase): Record<Consumer, SecretFiles> {
  const url = `postgres://${USER}:${encodeURIComponent(credentials.postgres)}@${database.address}`;
  const files = Object.fromEntries(CONSUMERS.map((consumer) => [consumer, ownFiles(consumer, data, credentials)]));
  for (const consumer of DATABASE_READERS) files[consumer] = { ...files[consumer], 'database-url': url };
  return files as Record<Consumer, SecretFiles>;
}

function ownFiles(consumer: Consumer, data: DataDirectory, credentials: Credentials): SecretFiles {
  if (consumer === 'nats')
    return { ...Object.fromEntries(NATS_USERS.map((user) => [user, credentials.nats[user]])), cluster: credentials.cluster };
  if (consumer === 'postgres') return { password: credentials.postgres };
  const password = { 'nats-password': credentials.nats[consumer] };
  return consumer === 'bootstrap' || consumer === 'subscriber' ? password : { ...password, ...keysOf(consumer, data) };
}

function keysOf(service: (typeof SERVICE_NAMES)[number], data: DataDirectory): SecretFiles {
  const keys = keyFiles(data);
  const read = (file: string): string => readFileSync(file, 'utf8');
  return {
    'internal-public.jwk.json': read(keys.internalPublic),
    ...(service === 'gateway' && { 'internal-private.jwk.json': read(keys.internalPrivate), 'issuer.jwks.json': read(keys.issuerJwks) }),
    ...(service === 'runtime-executor' && { 'secrets.key': read(keys.secrets) }),
    ...(service === 'audit' && { 'endpoints.key': read(keys.endpoints) }),
  };
}

/** A folder per consumer under `directory`, its files readable by their owner alone. */
export function writeHandOut(directory: string, secrets: Record<Consumer, SecretFiles>): void {
  for (const [consumer, files] of Object.entries(secrets)) {
    mkdirSync(join(directory, consumer), { recursive: true });
    for (const [name, text] of Object.entries(files)) writeText(join(directory, consumer, name), text);
  }
}

/** The same as Kubernetes Secrets `<name>-<consumer>`: a List, as JSON, for `kubectl apply -f -`. */
export function secretManifests(name: string, secrets: Record<Consumer, SecretFiles>): object {
  const items = Object.entries(secrets).map(([consumer, files]) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: `${name}-${consumer}`, labels: { 'app.kubernetes.io/name': 'slipway', 'app.kubernetes.io/instance': name } },
    type: 'Opaque',
    stringData: files,
  }));
  return { apiVersion: 'v1', kind: 'List', items };
}
