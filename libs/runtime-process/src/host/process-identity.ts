import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const bootId = readOptional('/proc/sys/kernel/random/boot_id')?.trim() ?? '';

/**
 * What tells a process from a later one with the same pid: its start time (and the boot it belongs to); null when no such
 * process runs. A zombie does not run. /proc on Linux (proc(5), field 22 of stat), `ps` elsewhere.
 */
export function identityOf(pid: number): string | null {
  if (process.platform !== 'linux') return psIdentity(pid);
  const stat = procStat(pid);
  return stat && stat.state !== 'Z' && stat.state !== 'X' ? `${bootId}:${stat.startTicks}` : null;
}

export const isSame = (pid: number, identity: string): boolean => identityOf(pid) === identity;

/** Session of a process: the pid of the replica that it descends from, as each replica is spawned as a session leader. Linux only. */
export const sessionOf = (pid: number): number | null => procStat(pid)?.session ?? null;

function procStat(pid: number): { state: string; session: number; startTicks: string } | null {
  const text = readOptional(`/proc/${pid}/stat`);
  if (!text) return null;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? 'X', session: Number(fields[3]), startTicks: fields[19] ?? '' };
}

function psIdentity(pid: number): string | null {
  try {
    const output = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [state = '', ...started] = output.trim().split(/\s+/);
    return state === '' || state.startsWith('Z') ? null : started.join(' ');
  } catch {
    return null;
  }
}

function readOptional(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
