import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { identify, type ProcessIdentity } from './process-identity';
import type { UserIds } from './unprivileged-user';

export interface LoggedProcessOptions {
  readonly file: string;
  readonly argv: readonly string[];
  /** Appended to by the process itself, so that it outlives a supervisor that is killed. */
  readonly logFile: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly user?: UserIds;
}
export interface LoggedProcess {
  readonly child: ChildProcess;
  readonly identity: ProcessIdentity;
  readonly logFile: string;
}

/**
 * Starts a process in its own process group (a terminal's Ctrl-C reaches the supervisor alone, which stops things in order).
 * @throws Error when the file cannot be started.
 */
export async function spawnLogged(options: LoggedProcessOptions): Promise<LoggedProcess> {
  const log = openSync(options.logFile, 'a', 0o600);
  try {
    const child = spawn(options.file, options.argv, {
      stdio: ['ignore', log, log],
      detached: true,
      cwd: options.cwd,
      env: options.env ?? process.env,
      ...options.user,
    });
    await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    const pid = child.pid!;
    return { child, identity: identify(pid) ?? { pid, startedAt: 'ended' }, logFile: options.logFile };
  } finally {
    closeSync(log);
  }
}

/** The last `bytes` of a file, from the start of a line; empty when there is none. */
export function tailOf(file: string, bytes = 3_000): string {
  if (!existsSync(file)) return '';
  const descriptor = openSync(file, 'r');
  try {
    const size = fstatSync(descriptor).size;
    const from = Math.max(0, size - bytes);
    const buffer = Buffer.alloc(size - from);
    readSync(descriptor, buffer, 0, buffer.length, from);
    const text = buffer.toString('utf8');
    const cut = text.indexOf('\n');
    return from === 0 || cut === -1 || cut === text.length - 1 ? text : text.slice(cut + 1);
  } finally {
    closeSync(descriptor);
  }
}

export const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;
