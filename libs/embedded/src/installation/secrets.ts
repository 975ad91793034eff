import { mkdirSync } from 'node:fs';
import type { JWK } from 'jose';
import { EMBEDDED_ROLES, type EmbeddedRole } from '@slipway/contracts';
import { issueAccessToken, roleClaims } from '@slipway/service-kit';
import { ensureCredentials } from '../data-directory/credentials';
import { readJson } from '../data-directory/files';
import { ensureKeys, issuerPrivateFile } from '../data-directory/keys';
import { dataDirectory } from '../data-directory/layout';
import { secretManifests, secretsOf, writeHandOut, type Consumer, type SecretFiles } from './hand-out';

/** The installation's secrets, made where they are missing: in `vault`, which only the operator and this step may read. */
export async function installationSecrets(vault: string, databaseAddress: string): Promise<Record<Consumer, SecretFiles>> {
  mkdirSync(vault, { recursive: true, mode: 0o700 });
  const data = dataDirectory(vault);
  const credentials = ensureCredentials(data);
  await ensureKeys(data);
  return secretsOf(data, credentials, { address: databaseAddress });
}

export interface SecretsOptions {
  readonly vault: string;
  readonly database: string;
}

/** A folder of files per consumer: for `docker compose`, a volume each. */
export async function handOut(options: SecretsOptions & { readonly to: string }): Promise<void> {
  writeHandOut(options.to, await installationSecrets(options.vault, options.database));
}

/** Kubernetes Secrets on standard output. */
export async function printManifests(options: SecretsOptions & { readonly name: string }): Promise<void> {
  const secrets = await installationSecrets(options.vault, options.database);
  process.stdout.write(`${JSON.stringify(secretManifests(options.name, secrets), null, 2)}\n`);
}

const ROLES = Object.keys(EMBEDDED_ROLES) as EmbeddedRole[];

export interface TokenOptions {
  readonly vault: string;
  /** Of every role but admin. */
  readonly project: string;
  readonly days: string;
}

/** A bearer token of a built-in role, on standard output; nothing keeps it. */
export async function printToken(role: string, options: TokenOptions): Promise<void> {
  process.stdout.write(`${await newToken(role, options)}\n`);
}

/** @throws Error for another role, a lifetime that is none, or without a vault. */
export async function newToken(role: string, options: TokenOptions): Promise<string> {
  const known = ROLES.find((name) => name === role);
  if (known === undefined) throw new Error(`There is no role '${role}'; there are ${ROLES.join(', ')}`);
  const days = Number(options.days);
  if (!Number.isInteger(days) || days < 1 || days > 365) throw new Error('--days takes a whole number of days, 1 to 365');
  const privateJwk = readJson<JWK>(issuerPrivateFile(dataDirectory(options.vault)));
  if (privateJwk === undefined) throw new Error(`There is no issuer's key in ${options.vault}; make the secrets first`);
  return issueAccessToken(known, roleClaims(known, options.project), { privateJwk, lifetimeS: days * 24 * 60 * 60 });
}
