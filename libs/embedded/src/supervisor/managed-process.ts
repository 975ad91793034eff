import { setTimeout as delay } from 'node:timers/promises';
import { awaitExit, isRunning, type LoggedProcess, signalProcess } from '@slipway/local-servers';
import type { ProcessStatus } from './status';

export interface ManagedSpec {
  readonly name: string;
  readonly port: number | undefined;
  readonly logFile: string;
  /** Asks for an orderly end; SIGKILL follows after the grace time. */
  readonly stopSignal: NodeJS.Signals;
  readonly stopGraceMs: number;
  /** Starts the process; may wait until it answers. */
  start(): Promise<LoggedProcess>;
  /** Whether it serves now. */
  isReady(): Promise<boolean>;
  /** Whether it answers at all; one that does not for `hangsAfterMs` is killed, and so started again. */
  isAlive?(): Promise<boolean>;
  /** Default one minute: a machine may be that busy. */
  readonly hangsAfterMs?: number;
}

const FIRST_BACKOFF_MS = 200;
const LONGEST_BACKOFF_MS = 10_000;
/** Running this long forgives earlier deaths. */
const STABLE_AFTER_MS = 30_000;
const POLL_STARTING_MS = 100;
/** Running, and not ready: something that it needs is away. */
const POLL_TROUBLED_MS = 500;
const POLL_RUNNING_MS = 5_000;
const HANGS_AFTER_MS = 60_000;

/** Keeps one process running: starts it again with growing pauses when it dies, and watches whether it serves. */
export class ManagedProcess {
  private running: LoggedProcess | undefined;
  private state: ProcessStatus['state'] = 'stopped';
  private ready = false;
  private restarts = 0;
  private lastExit: string | null = null;
  private startMs: number | null = null;
  private backoffMs = FIRST_BACKOFF_MS;
  private wanted = false;
  private loop: Promise<void> | undefined;
  private wake = new AbortController();

  constructor(
    readonly spec: ManagedSpec,
    private readonly changed: () => void,
  ) {}

  /** Starts keeping it up; see `untilReady` for when it serves. */
  launch(): void {
    this.wanted = true;
    this.loop ??= this.keepUp().finally(() => (this.loop = undefined));
  }

  /** @throws Error when it is not ready in time, or died `attempts` times before. */
  async untilReady(timeoutMs: number, attempts = 3): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    while (!this.ready) {
      if (this.restarts >= attempts) throw new Error(`${this.spec.name} does not stay up (${this.lastExit ?? 'it ended'})`);
      if (performance.now() > deadline) throw new Error(`${this.spec.name} was not ready after ${timeoutMs / 1000} s`);
      await delay(20);
    }
  }

  get pid(): number | undefined {
    return this.running?.identity.pid;
  }

  /** For fault tests: a signal to the process itself; the supervisor then does what it does. */
  signal(signal: NodeJS.Signals): boolean {
    return this.running !== undefined && signalProcess(this.running.identity, signal);
  }

  async stop(): Promise<void> {
    this.wanted = false;
    this.wake.abort();
    const { running } = this;
    if (running && isRunning(running.identity)) {
      this.become('stopping', false);
      signalProcess(running.identity, this.spec.stopSignal);
      if (!(await awaitExit(running.identity, this.spec.stopGraceMs))) signalProcess(running.identity, 'SIGKILL');
    }
    await this.loop;
    this.become('stopped', false);
  }

  status(): ProcessStatus {
    return {
      name: this.spec.name,
      identity: this.running?.identity ?? null,
      port: this.spec.port ?? null,
      ready: this.ready,
      restarts: this.restarts,
      state: this.state,
      last_exit: this.lastExit,
      log_file: this.spec.logFile,
      start_ms: this.startMs,
    };
  }

  private async keepUp(): Promise<void> {
    while (this.wanted) {
      this.wake = new AbortController();
      const since = performance.now();
      this.become('starting', false);
      await this.runOnce(since);
      if (!this.wanted) return;
      this.restarts++;
      if (performance.now() - since > STABLE_AFTER_MS) this.backoffMs = FIRST_BACKOFF_MS;
      this.become('backing-off', false);
      await this.pause(this.backoffMs);
      this.backoffMs = Math.min(this.backoffMs * 2, LONGEST_BACKOFF_MS);
    }
  }

  /** From one start to the end of that process. */
  private async runOnce(since: number): Promise<void> {
    try {
      this.running = await this.spec.start();
    } catch (error) {
      this.lastExit = error instanceof Error ? error.message : String(error);
      return;
    }
    const { child } = this.running;
    const ended = new Promise<void>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) resolve();
      else child.once('exit', () => resolve());
    });
    let over = false;
    let answeredAt: number | undefined;
    void ended.then(() => {
      over = true;
      this.wake.abort();
    });
    this.changed();
    if (!this.wanted) signalProcess(this.running.identity, this.spec.stopSignal);
    while (!over && this.wanted) {
      const ready = await this.spec.isReady().catch(() => false);
      if (ready || (await this.spec.isAlive?.()) !== false) answeredAt = performance.now();
      if (over || !this.wanted) break;
      if (this.hangs(answeredAt)) signalProcess(this.running.identity, 'SIGKILL');
      if (ready && this.startMs === null) this.startMs = Math.round(performance.now() - since);
      this.become(ready ? 'running' : this.state, ready);
      await this.pause(this.ready ? POLL_RUNNING_MS : this.state === 'starting' ? POLL_STARTING_MS : POLL_TROUBLED_MS);
    }
    await ended;
    this.lastExit = child.signalCode ? `killed by ${child.signalCode}` : `exit code ${child.exitCode}`;
    this.running = undefined;
  }

  /** One that has never answered is still starting. */
  private hangs(answeredAt: number | undefined): boolean {
    return answeredAt !== undefined && performance.now() - answeredAt > (this.spec.hangsAfterMs ?? HANGS_AFTER_MS);
  }

  private async pause(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.wake.signal }).catch(() => undefined);
  }

  private become(state: ProcessStatus['state'], ready: boolean): void {
    if (state === this.state && ready === this.ready) return;
    this.state = state;
    this.ready = ready;
    this.changed();
  }
}
