import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { memoryMb, readStatus, type PlatformStatus } from '@slipway/embedded';
import { freePort } from '@slipway/local-servers';

interface Row {
  name: string;
  value: number;
  baseline: number | null;
  ratio: number | null;
  goal: number | null;
  ok: boolean;
}

const REPOSITORY = resolve(__dirname, '..', '..');
const GOAL_START_MS = 12_000;
const GOAL_MEMORY_MB = 800;
/** Idle is measured after the garbage of the start has been collected. */
const SETTLE_MS = 20_000;

/** Runs one of the repository's commands to its end. */
function npm(script: string, argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const since = performance.now();
  const child = spawn(process.execPath, [join(REPOSITORY, 'script', script), ...argv], {
    cwd: REPOSITORY,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return new Promise((done, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? done(performance.now() - since) : reject(new Error(`${script} ${argv.join(' ')} ended with ${code}`)),
    );
  });
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

function parentOf(pid: string): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}

/** Every process of the platform: the supervisor's and the runtime host's families, the latter found by their data directory. */
function processesOf(status: PlatformStatus): number[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const members = new Set([status.supervisor.pid, ...status.processes.flatMap((entry) => (entry.identity ? [entry.identity.pid] : []))]);
  for (const pid of all) if (mentions(pid, status.data_directory)) members.add(Number(pid));
  for (let grown = true; grown;) {
    grown = false;
    for (const pid of all) {
      const parent = parentOf(pid);
      if (parent !== undefined && members.has(parent) && !members.has(Number(pid))) grown = members.add(Number(pid)).size > 0;
    }
  }
  return [...members];
}

function mentions(pid: string, directory: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(directory);
  } catch {
    return false;
  }
}

/** Speed item 8: a warm `npm run up` to ready, each process's own start, and the memory of everything when idle, sample included. */
export async function run({ quick }: { quick: boolean }): Promise<Row[]> {
  const directory = mkdtempSync(join(tmpdir(), 'slipway-start-'));
  const env = { SLIPWAY_DATA_DIR: directory, SLIPWAY_HTTP_PORT: String(await freePort()) };
  const statusFile = join(directory, 'run', 'status.json');
  const starts: number[] = [];
  const each = new Map<string, number[]>();
  const memory: number[] = [];
  try {
    await npm('up.mjs', ['--detach'], env);
    for (let round = 0; round < (quick ? 1 : 5); round++) {
      await npm('platform.mjs', ['down'], env);
      starts.push(await npm('up.mjs', ['--detach', '--no-demo'], env));
      const status = readStatus(statusFile)!;
      for (const entry of status.processes) each.set(entry.name, [...(each.get(entry.name) ?? []), entry.start_ms ?? 0]);
      if (round === 0 || !quick) await delay(quick ? SETTLE_MS / 2 : SETTLE_MS);
      memory.push(processesOf(readStatus(statusFile)!).reduce((sum, pid) => sum + (memoryMb(pid) ?? 0), 0));
    }
  } finally {
    await npm('platform.mjs', ['down'], env);
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  }
  const start = median(starts);
  const idle = median(memory);
  return [
    {
      name: 'start: warm npm run up to ready, ms',
      value: start,
      baseline: null,
      ratio: null,
      goal: GOAL_START_MS,
      ok: start <= GOAL_START_MS,
    },
    ...[...each].map(([name, values]) => ({
      name: `start: ${name}, ms`,
      value: median(values),
      baseline: null,
      ratio: null,
      goal: null,
      ok: true,
    })),
    {
      name: 'start: idle memory of everything, MB',
      value: idle,
      baseline: null,
      ratio: null,
      goal: GOAL_MEMORY_MB,
      ok: idle <= GOAL_MEMORY_MB,
    },
  ];
}
