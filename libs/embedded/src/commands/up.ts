import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findNatsServer, findPostgres, isPortFree, isRunning, portHolder, stopProcess, tailOf } from '@slipway/local-servers';
import { dataDirectory, type DataDirectory } from '../data-directory/layout';
import { requireFreeSpace } from '../data-directory/free-space';
import { REPOSITORY } from '../services';
import type { EmbeddedOptions } from '../supervise';
import { clearLeftovers } from '../supervisor/leftovers';
import { isSupervised, leftovers, readStatus, type PhaseStatus, type PlatformStatus } from '../supervisor/status';
import { dim, green, red, seconds, type Terminal } from './terminal';

const START_TIMEOUT_MS = 300_000;
export const STOP_GRACE_MS = 90_000;

/** Says what stands in the way before anything starts. @throws Error in words for a person. */
async function preflight(options: EmbeddedOptions, data: DataDirectory): Promise<void> {
  requireFreeSpace(data.root);
  findNatsServer();
  findPostgres(data.postgresUser, data.postgresHome);
  if (data.postgresUser && data.postgresHome !== data.root) mkdirSync(data.postgresHome, { recursive: true, mode: 0o755 });
  if (await isPortFree(options.httpPort, options.httpHost)) return;
  const holder = portHolder(options.httpPort);
  throw new Error(
    `Port ${options.httpPort} is taken${holder ? ` by ${holder}` : ''}. Stop what uses it, or choose another: SLIPWAY_HTTP_PORT=8081 npm run up`,
  );
}

/**
 * Starts the supervisor as a process of its own and shows what it does until everything is ready; joins one that is starting.
 * @returns its status once ready. @throws Error with the reason when it fails.
 */
export async function startPlatformProcess(
  options: EmbeddedOptions,
  terminal: Terminal,
  isInterrupted: () => boolean = () => false,
): Promise<PlatformStatus> {
  const data = dataDirectory(options.dataDirectory);
  const running = readStatus(data.statusFile);
  if (isSupervised(running)) {
    if (running.state === 'ready' || running.state === 'degraded') {
      terminal.line(`  already running at ${running.url} (pid ${running.supervisor.pid})`);
      return running;
    }
    return untilReady(data, running.supervisor.pid, terminal, isInterrupted);
  }
  const left = leftovers(running);
  if (left.length > 0) {
    terminal.line(`  ending what a killed supervisor left: ${left.map((entry) => entry.name).join(', ')}`);
    await clearLeftovers(running);
  }
  await preflight(options, data);
  mkdirSync(data.logs, { recursive: true });
  const log = openSync(join(data.logs, 'supervisor.log'), 'a', 0o600);
  const child = spawn(
    process.execPath,
    ['--max-semi-space-size=1', join(REPOSITORY, 'libs', 'embedded', 'dist', 'supervise.js'), JSON.stringify(options)],
    {
      detached: true,
      stdio: ['ignore', log, log],
    },
  );
  closeSync(log);
  child.unref();
  return untilReady(data, child.pid!, terminal, isInterrupted);
}

async function untilReady(data: DataDirectory, pid: number, terminal: Terminal, isInterrupted: () => boolean): Promise<PlatformStatus> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  const shown = new Set<string>();
  for (;;) {
    const status = readStatus(data.statusFile);
    const current = status?.supervisor.pid === pid ? status : undefined;
    for (const phase of current?.phases ?? []) show(phase, shown, terminal);
    if (current?.state === 'ready' || current?.state === 'degraded') return current;
    const gone = !alive(pid);
    if (current?.state === 'failed' || gone) throw new Error(current?.error ?? tailOf(join(data.logs, 'supervisor.log'), 2_000));
    if (performance.now() > deadline)
      throw new Error(`The platform is not ready after ${seconds(START_TIMEOUT_MS)}; see 'npm run status' and 'npm run logs'.`);
    if (isInterrupted()) {
      if (current) await stopSupervisor(current);
      else process.kill(pid, 'SIGTERM');
      throw new Error('Interrupted while starting; what had started was stopped.');
    }
    transient(current, terminal);
    await delay(50);
  }
}

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function show(phase: PhaseStatus, shown: Set<string>, terminal: Terminal): void {
  if (phase.ms === null || shown.has(phase.name)) return;
  shown.add(phase.name);
  const mark = phase.state === 'failed' ? red(terminal, 'failed') : green(terminal, 'ok');
  terminal.line(`  ${mark} ${phase.name} ${dim(terminal, seconds(phase.ms))}`);
}

function transient(status: PlatformStatus | undefined, terminal: Terminal): void {
  const phases = status?.phases.filter((phase) => phase.ms === null).map((phase) => phase.name);
  const waiting = status?.processes.filter((entry) => !entry.ready).map((entry) => entry.name) ?? [];
  terminal.transient(`  ... ${phases?.join(', ') ?? 'starting'}${waiting.length > 0 ? ` - waiting for ${waiting.join(', ')}` : ''}`);
}

/** Asks the supervisor to stop everything, and waits for it. */
export async function stopSupervisor(status: PlatformStatus): Promise<void> {
  await stopProcess(status.supervisor, 'SIGTERM', STOP_GRACE_MS);
}

/** Waits in the foreground: until the supervisor ends by itself (1), or Ctrl-C or SIGTERM stops it (0). */
export async function stayInForeground(status: PlatformStatus, terminal: Terminal): Promise<number> {
  let asked = false;
  const ask = (): void => {
    if (!asked) terminal.line('Stopping ...');
    asked = true;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
  while (isRunning(status.supervisor)) {
    if (asked) await stopSupervisor(status);
    else await delay(250);
  }
  if (asked) terminal.line('Stopped. The data is kept; `npm run up` starts again.');
  return asked ? 0 : 1;
}
