import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runSql } from '@slipway/local-servers';
import { readJson, writeJson } from '../data-directory/files';
import { databaseUrl, natsUrl, REPOSITORY, type PlatformSettings, type ServiceFiles } from '../services';

interface Prepared {
  readonly streams: string;
  readonly migrations: string;
  /** Which schemas the migrations left behind, by name and oid: one that was dropped since is not prepared. */
  readonly schemas?: string;
}

/** A step of this library, by name: compiled, whoever runs it. */
export const runStep = (name: string, argv: readonly string[], env: NodeJS.ProcessEnv): Promise<string> =>
  runProgram(join(REPOSITORY, 'libs', 'embedded', 'dist', 'steps', `${name}.js`), argv, env);

/** Runs a Node program to its end. @throws Error with what it printed when it does not exit with 0. */
function runProgram(file: string, argv: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, ...argv], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve(output) : reject(new Error(`${file} failed:\n${output.slice(-4_000)}`))));
  });
}

/** Digest of a project's built files: a step runs again only when its code has changed. */
export function digestOfCode(...projects: readonly string[]): string {
  const hash = createHash('sha256');
  const folders = projects.flatMap((name) => ['libs', 'apps'].map((group) => join(REPOSITORY, group, name, 'dist')));
  for (const folder of folders.filter((path) => existsSync(path))) {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
      if (name.endsWith('.js')) hash.update(name).update(readFileSync(join(folder, name)));
    }
  }
  return hash.digest('hex');
}

/** Streams and buckets, as the `bootstrap` account; its own process, for it loads what the supervisor can do without. */
export async function prepareStreams(settings: PlatformSettings): Promise<boolean> {
  const wanted = digestOfCode('event-store-jetstream');
  const prepared = readJson<Prepared>(settings.data.stampFile);
  if (prepared?.streams === wanted) return false;
  await runStep('streams', [], {
    NATS_URL: natsUrl(settings.ports),
    NATS_USER: 'bootstrap',
    NATS_PASSWORD: settings.credentials.nats.bootstrap,
  });
  writeJson(settings.data.stampFile, { ...readJson<Prepared>(settings.data.stampFile), streams: wanted });
  return true;
}

/** Each service's migrations, as a step of their own before it starts. */
export async function prepareSchemas(settings: PlatformSettings, services: readonly ServiceFiles[]): Promise<boolean> {
  const migrating = services.flatMap((service) => (service.migrate ? [service.migrate] : []));
  const wanted = digestOfCode('projections-typeorm', ...services.map((service) => service.name));
  const prepared = readJson<Prepared>(settings.data.stampFile);
  if (prepared?.migrations === wanted && prepared.schemas === (await schemasOf(settings))) return false;
  await runStep('migrations', migrating, { DATABASE_URL: databaseUrl(settings) });
  const done = { migrations: wanted, schemas: await schemasOf(settings) };
  writeJson(settings.data.stampFile, { ...readJson<Prepared>(settings.data.stampFile), ...done });
  return true;
}

async function schemasOf(settings: PlatformSettings): Promise<string> {
  const rows = await runSql(
    databaseUrl(settings),
    "SELECT nspname, oid FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema)' ORDER BY 1",
  );
  return rows.map(({ nspname, oid }) => `${String(nspname)} ${String(oid)}`).join(', ');
}
