import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UsageError } from './exit-codes';

export interface GlobalOptions {
  readonly url?: string;
  readonly token?: string;
  readonly as?: string;
  readonly project?: string;
  readonly json?: boolean;
  readonly idempotencyKey?: string;
}

export interface Settings {
  readonly url: string;
  readonly token: string;
  readonly dataDirectory: string;
}

const ROLES = ['admin', 'developer', 'approver', 'viewer', 'agent'];
const DEFAULT_URL = 'http://127.0.0.1:8080';

function json<T>(file: string): T | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined;
}

/** The address by which two URLs reach the same gateway; the embedded one listens on 127.0.0.1 and is `localhost` to many. */
function originOf(url: string): string {
  try {
    return new URL(url).origin.replace('//localhost', '//127.0.0.1');
  } catch {
    throw new UsageError(`'${url}' is no URL; name the gateway as http://host:port or https://host`);
  }
}

function embeddedToken(dataDirectory: string, role: string): string {
  if (!ROLES.includes(role)) throw new UsageError(`--as takes one of ${ROLES.join(', ')}, not '${role}'`);
  const file = join(dataDirectory, 'tokens.json');
  const token = json<Record<string, string>>(file)?.[role];
  if (token) return token;
  throw new UsageError(
    `There is no token for '${role}' in ${file}. Start the embedded platform (npm run up), or give a token in SLIPWAY_TOKEN.`,
  );
}

/**
 * Where to call and as whom: flags, then SLIPWAY_URL and SLIPWAY_TOKEN, then the embedded platform of SLIPWAY_DATA_DIR (its
 * address, and its `admin` token unless `--as` names another role). Tokens of the embedded platform go to no other address.
 */
export function settingsOf(options: GlobalOptions, env: NodeJS.ProcessEnv = process.env): Settings {
  const dataDirectory = resolve(env['SLIPWAY_DATA_DIR'] ?? '.slipway');
  const embedded = json<{ url: string }>(join(dataDirectory, 'run', 'status.json'));
  const url = options.url ?? env['SLIPWAY_URL'] ?? embedded?.url ?? DEFAULT_URL;
  const given = options.token ?? (options.as ? undefined : env['SLIPWAY_TOKEN']);
  if (given !== undefined) return { url, dataDirectory, token: given };
  const home = embedded?.url ?? DEFAULT_URL;
  if (originOf(url) !== originOf(home))
    throw new UsageError(
      `The tokens of ${dataDirectory} are for ${home} and are not sent to ${url}. Give a token for it in SLIPWAY_TOKEN or with --token.`,
    );
  return { url, dataDirectory, token: embeddedToken(dataDirectory, options.as ?? 'admin') };
}
