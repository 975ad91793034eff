import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** A process as it can be recognised later: a pid alone may belong to another process by then. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Opaque; equal for the same process only. Linux: clock ticks since boot, from /proc/<pid>/stat. */
  readonly startedAt: string;
}

function startOf(pid: number): string | undefined {
  if (process.platform !== 'linux') {
    const ps = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
    return ps.status === 0 ? ps.stdout.trim() : undefined;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

/** Undefined when no such process runs (a zombie does not run). */
export function identify(pid: number): ProcessIdentity | undefined {
  const startedAt = startOf(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

export const isRunning = (identity: ProcessIdentity): boolean => startOf(identity.pid) === identity.startedAt;

/** Sends the signal to this very process; false when it is gone. */
export function signalProcess(identity: ProcessIdentity, signal: NodeJS.Signals): boolean {
  if (!isRunning(identity)) return false;
  try {
    return process.kill(identity.pid, signal);
  } catch {
    return false;
  }
}

/** Waits until the process is gone; false at the deadline. */
export async function awaitExit(identity: ProcessIdentity, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (isRunning(identity)) {
    if (performance.now() >= deadline) return false;
    await delay(20);
  }
  return true;
}

/** Asks with `signal`, then kills after `graceMs`. */
export async function stopProcess(identity: ProcessIdentity, signal: NodeJS.Signals = 'SIGTERM', graceMs = 10_000): Promise<void> {
  if (!signalProcess(identity, signal)) return;
  if (await awaitExit(identity, graceMs)) return;
  signalProcess(identity, 'SIGKILL');
  await awaitExit(identity, 5_000);
}
