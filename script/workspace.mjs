/** What every script needs before it can use the workspace: a recent Node, installed packages, built projects. Built-ins only. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fail, step } from './progress.mjs';

export const repository = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const installStamp = join(repository, 'node_modules', '.slipway-lockfile');
const buildStamp = join(repository, '.nx', 'slipway-build');

/** NestJS 12 is ESM only: CommonJS reaches it through require(esm), which these versions do without a flag. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const suits = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 23;
  if (!suits) fail(`Slipway needs Node 20.19 or newer (of 22: 22.12); this is ${process.version}. See https://nodejs.org/`);
}

/** Runs a program to its end, its output kept for the error. @returns what it printed. */
export function run(file, argv, { env, onLine } = {}) {
  return new Promise((resolvePromise, reject) => {
    const child = spawn(file, argv, { cwd: repository, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (chunk) => {
      output += chunk;
      onLine?.(String(chunk).trim().split('\n').at(-1) ?? '');
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolvePromise(output) : reject(new Error(`${file} ${argv.join(' ')} ended with ${code}:\n${output.slice(-6000)}`)),
    );
  });
}

const npm = () => (process.env.npm_execpath?.endsWith('.js') ? [process.execPath, [process.env.npm_execpath]] : ['npm', []]);

/** Installs from the lockfile when there are no packages yet, or when it has changed since. */
export async function ensureInstalled() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(repository, 'package-lock.json')))
    .digest('hex');
  const installed = existsSync(join(repository, 'node_modules', '.package-lock.json'));
  const stamped = existsSync(installStamp) ? readFileSync(installStamp, 'utf8') : undefined;
  if (installed && stamped === wanted) return;
  /* Somebody ran npm ci by hand: newer than the lockfile, so it is what the lockfile says. */
  if (
    installed &&
    stamped === undefined &&
    isNewer(join(repository, 'node_modules', '.package-lock.json'), join(repository, 'package-lock.json'))
  ) {
    writeFileSync(installStamp, wanted);
    return;
  }
  const [file, argv] = npm();
  await step('installing packages', (detail) =>
    run(file, [...argv, 'ci', '--no-audit', '--no-fund'], { onLine: detail, env: { NODE_ENV: 'development' } }),
  );
  writeFileSync(installStamp, wanted);
}

const isNewer = (file, other) => statSync(file).mtimeMs >= statSync(other).mtimeMs;

const projects = () =>
  ['apps', 'libs'].flatMap((group) => readdirSync(join(repository, group)).map((name) => join(repository, group, name)));

/** Name, size and time of every source file: cheap to take, and different whenever a build could be. */
function sourcesDigest() {
  const hash = createHash('sha256');
  for (const file of ['.swcrc', 'nx.json', 'package-lock.json']) hash.update(`${statSync(join(repository, file)).mtimeMs}`);
  for (const project of projects()) {
    const own = readdirSync(project).filter((name) => /\.(html|mjs|json)$/.test(name));
    const sources = readdirSync(join(project, 'src'), { recursive: true }).map((name) => join('src', name));
    for (const name of [...own, ...sources].sort()) {
      if (name.endsWith('.spec.ts')) continue;
      const stat = statSync(join(project, name));
      if (stat.isFile()) hash.update(`${project}/${name}:${stat.size}:${stat.mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}

const BUILT = [
  ['src/index.ts', 'dist/index.js'],
  ['index.html', 'dist/index.html'],
];
const lacksBuild = () =>
  projects().some((project) => BUILT.some(([source, built]) => existsSync(join(project, source)) && !existsSync(join(project, built))));

/** Builds through Nx (cached in .nx) when a source changed since the last build. */
export async function ensureBuilt() {
  const wanted = sourcesDigest();
  const stamped = existsSync(buildStamp) ? readFileSync(buildStamp, 'utf8') : undefined;
  if (stamped === wanted && !lacksBuild()) return;
  const nx = join(repository, 'node_modules', '.bin', 'nx');
  await step('building', (detail) =>
    run(process.execPath, [nx, 'run-many', '-t', 'build', '--parallel=3', '--output-style=static'], {
      env: { NX_DAEMON: 'false', NX_TUI: 'false', FORCE_COLOR: '0' },
      onLine: detail,
    }),
  );
  mkdirSync(dirname(buildStamp), { recursive: true });
  writeFileSync(buildStamp, wanted);
}

/** Node, packages and builds; ends the process with a clear message when one of them cannot be had. */
export async function ensureReady({ build = true } = {}) {
  requireNode();
  try {
    await ensureInstalled();
    if (build) await ensureBuilt();
  } catch (error) {
    const hint = /ENOSPC|no space left/i.test(error.message) ? '\nThe disk is full: free some space and run the same command again.' : '';
    fail(`${error.message}${hint}`);
  }
}

export const dataDirectory = () => resolve(process.env.SLIPWAY_DATA_DIR ?? join(repository, '.slipway'));

/** SLIPWAY_HTTP_PORT, 8080 unless given. */
export function httpPort() {
  const given = process.env.SLIPWAY_HTTP_PORT || '8080';
  const port = Number(given);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) fail(`SLIPWAY_HTTP_PORT is '${given}'; it must be a port, 1 to 65535.`, 2);
  return port;
}

/** A built library of the workspace. */
export const library = (name) => createRequire(import.meta.url)(join(repository, 'libs', name, 'dist', 'index.js'));
export const isBuilt = () => existsSync(join(repository, 'libs', 'embedded', 'dist', 'index.js'));
