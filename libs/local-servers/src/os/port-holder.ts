import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

/** Who listens on a local TCP port, as far as Linux tells us: `node (pid 4711)`. */
export function portHolder(port: number): string | undefined {
  if (process.platform !== 'linux') return undefined;
  const inodes = new Set(['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => listenersOn(table, port)));
  if (inodes.size === 0) return undefined;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    if (holdsSocket(pid, inodes)) return `${commandOf(pid)} (pid ${pid})`;
  }
  return undefined;
}

function listenersOn(table: string, port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  try {
    const rows = readFileSync(table, 'utf8').split('\n').slice(1);
    return rows.map((row) => row.trim().split(/\s+/)).flatMap((row) => (row[1]?.endsWith(suffix) && row[3] === '0A' ? [row[9]!] : []));
  } catch {
    return [];
  }
}

function holdsSocket(pid: string, inodes: ReadonlySet<string>): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((descriptor) => {
      const target = readlinkSync(`/proc/${pid}/fd/${descriptor}`);
      return inodes.has(target.slice('socket:['.length, -1));
    });
  } catch {
    return false;
  }
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return 'a process';
  }
}
