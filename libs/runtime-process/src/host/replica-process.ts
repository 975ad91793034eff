import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { identityOf, isSame } from './process-identity';

export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
}
export interface Launch {
  readonly command: readonly string[];
  readonly cwd: string;
  /** The complete environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly logPath: string;
}

/** How often an adopted process, whose exit the kernel does not report to us, is looked at; less often where that takes a `ps`. */
const LOOK_EVERY_MS = process.platform === 'linux' ? 150 : 1000;

/** A running operating system process of a replica: started by this host, or by an earlier one and adopted. */
export class ReplicaProcess {
  private gone = false;
  private timer: NodeJS.Timeout | undefined;

  private constructor(
    readonly pid: number,
    readonly identity: string,
    private readonly child: ChildProcess | null,
    private readonly onExit: (exit: Exit) => void,
  ) {
    if (child) child.once('exit', (code, signal) => this.ended({ code, signal }));
    else this.watch();
  }

  /** Never a shell; a session of its own, so that it outlives this host and takes its children with it when it is stopped. */
  static start(launch: Launch, onExit: (exit: Exit) => void, onFailure: (error: Error) => void): ReplicaProcess | null {
    const log = openSync(launch.logPath, 'a', 0o600);
    try {
      const [file = '', ...argv] = launch.command;
      const child = spawn(file, argv, { cwd: launch.cwd, env: { ...launch.env }, detached: true, stdio: ['ignore', log, log] });
      child.once('error', onFailure);
      child.unref();
      const identity = child.pid === undefined ? null : (identityOf(child.pid) ?? 'gone');
      return child.pid === undefined || identity === null ? null : new ReplicaProcess(child.pid, identity, child, onExit);
    } finally {
      closeSync(log);
    }
  }

  /** Null when that process runs no more (or its pid belongs to another one now). */
  static adopt(pid: number, identity: string, onExit: (exit: Exit) => void): ReplicaProcess | null {
    return isSame(pid, identity) ? new ReplicaProcess(pid, identity, null, onExit) : null;
  }

  /** To the whole session's process group; silently nothing when it is gone. */
  signal(signal: 'SIGTERM' | 'SIGKILL'): void {
    if (isSame(this.pid, this.identity)) killGroup(this.pid, signal);
  }

  /** Looks now instead of at the next turn; of a child the kernel tells by itself. */
  look(): void {
    if (this.child || this.gone || isSame(this.pid, this.identity)) return;
    this.ended({ code: null, signal: null });
  }

  private watch(): void {
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS);
  }

  /** Children that outlived their leader go with it. */
  private ended(exit: Exit): void {
    this.gone = true;
    clearInterval(this.timer);
    killGroup(this.pid, 'SIGKILL');
    this.onExit(exit);
  }
}

export function killGroup(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}
