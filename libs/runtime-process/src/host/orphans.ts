import { readdirSync, readlinkSync } from 'node:fs';
import { killGroup } from './replica-process';
import { sessionOf } from './process-identity';

/**
 * Processes that write into a slot's logs and descend from no replica that is known: started by a host that was killed
 * before it could note the pid, or by hand. Linux (/proc); none are found elsewhere.
 */
export function findStrangers(slotsDirectory: string, knownSessions: ReadonlySet<number>): readonly { pid: number; log: string }[] {
  if (process.platform !== 'linux') return [];
  const strangers = [];
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    const log = outputOf(pid);
    if (!log?.startsWith(`${slotsDirectory}/`)) continue;
    const session = sessionOf(pid);
    if (session !== null && !knownSessions.has(session)) strangers.push({ pid, log: log.slice(slotsDirectory.length + 1) });
  }
  return strangers;
}

/** Ends them, except in slots that could not be read: there everything would look like one. */
export function stopOrphans(
  slotsDirectory: string,
  knownSessions: ReadonlySet<number>,
  unreadable: ReadonlySet<string>,
): readonly number[] {
  const orphans = findStrangers(slotsDirectory, knownSessions).filter(({ log }) => !unreadable.has(log.split('/')[0] ?? ''));
  const sessions = new Set(orphans.map(({ pid }) => sessionOf(pid)));
  const stopped = [...sessions].filter((pid) => pid !== null);
  for (const pid of stopped) killGroup(pid, 'SIGKILL');
  return stopped;
}

function outputOf(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/fd/1`);
  } catch {
    return null;
  }
}
