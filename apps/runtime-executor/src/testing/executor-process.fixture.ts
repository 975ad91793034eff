import { spawn, type ChildProcess } from 'node:child_process';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const MAIN = resolve(__dirname, '../../dist/main.js');

/** An executor as it runs in production: its own process, built. */
export class ExecutorProcess {
  readonly lines: Record<string, unknown>[] = [];
  private readonly child: ChildProcess;
  private readonly exited: Promise<number | NodeJS.Signals | null>;

  constructor(environment: Record<string, string>) {
    this.child = spawn(process.execPath, [MAIN], {
      env: { PATH: process.env['PATH'], ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.exited = new Promise((done) => this.child.once('exit', (code, signal) => done(signal ?? code)));
    createInterface({ input: this.child.stdout! }).on('line', (line) => {
      try {
        this.lines.push(JSON.parse(line) as Record<string, unknown>);
      } catch {
        this.lines.push({ msg: line });
      }
    });
  }

  get pid(): number {
    return this.child.pid!;
  }
  get log(): string {
    return this.lines.map((line) => JSON.stringify(line)).join('\n');
  }
  has(message: string): boolean {
    return this.lines.some(({ msg }) => msg === message);
  }

  /** Resolves with the exit code, or the signal that ended it. */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null> {
    this.child.kill(signal);
    return this.exited;
  }
  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }
}

export const repository = join(__dirname, '../../../..');
