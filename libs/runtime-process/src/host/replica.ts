import type { ObservedReplica } from '@slipway/runtime-target';
import type { ManifestProcess } from '../manifest';
import type { ReplicaStatus } from '../protocol';
import { HealthWatch } from './health-watch';
import type { JournalNote } from './journal';
import { InFlight } from './in-flight';
import { ReplicaProcess, type Exit, type Launch } from './replica-process';
import { RestartBackoff } from './restart-backoff';

/** What of a replica outlives this host: enough to adopt it. */
export interface ReplicaRecord {
  readonly process: string;
  readonly index: number;
  readonly releaseId: string;
  readonly pid: number | null;
  readonly identity: string | null;
  readonly port: number | null;
  readonly ready: boolean;
  readonly restarts: number;
  readonly startedAt: string | null;
  readonly lastExit: ObservedReplica['lastExit'];
}

/** What a replica needs from the slot that it belongs to. */
export interface ReplicaSurroundings {
  readonly releaseId: string;
  readonly artifactDigest: string;
  readonly manifestDigest: string;
  readonly process: string;
  readonly spec: ManifestProcess;
  choosePort(): Promise<number>;
  launch(name: string, port: number | null): Launch;
  /** After every change of what `record` or `status` say. */
  changed(): void;
  ended(replica: Replica): void;
  note(note: Pick<JournalNote, 'kind' | 'detail'> & { byItself?: boolean }, replica: Replica): void;
}

/** One supervised process: started, probed, restarted with backoff when it dies, drained and stopped when no longer wanted. */
export class Replica {
  readonly name: string;
  readonly inFlight = new InFlight();
  /** Resolves once a replica that was told to stop has stopped. */
  readonly stopped: Promise<void>;
  private resolveStopped: () => void = () => undefined;
  port: number | null = null;
  private ready = false;
  private stopping = false;
  private process: ReplicaProcess | null = null;
  private health: HealthWatch | null = null;
  private restartTimer: NodeJS.Timeout | undefined;
  private readonly backoff = new RestartBackoff();
  private restarts = 0;
  private startedAt: string | null = null;
  private lastExit: ObservedReplica['lastExit'] = null;

  constructor(
    private readonly around: ReplicaSurroundings,
    readonly index: number,
  ) {
    this.name = `${around.process}-${index}-${around.releaseId.slice(-6)}`;
    this.stopped = new Promise((resolve) => (this.resolveStopped = resolve));
  }

  get releaseId(): string {
    return this.around.releaseId;
  }
  get processName(): string {
    return this.around.process;
  }
  get isStopping(): boolean {
    return this.stopping;
  }
  /** May be given new requests. */
  get serves(): boolean {
    return this.ready && !this.stopping && this.port !== null;
  }
  get isReady(): boolean {
    return this.ready && !this.stopping;
  }
  get sessionId(): number | null {
    return this.process?.pid ?? null;
  }

  async start(): Promise<void> {
    if (this.stopping || this.process) return;
    try {
      this.port = this.around.spec.port ? await this.around.choosePort() : null;
      if (this.stopping) return;
      this.process = ReplicaProcess.start(this.around.launch(this.name, this.port), this.onExit, this.onStartFailure);
    } catch (error) {
      this.onStartFailure(error as Error);
      return;
    }
    if (!this.process) return;
    this.startedAt = new Date().toISOString();
    this.around.changed();
    this.around.note({ kind: 'replica_started', detail: `pid ${this.process.pid}${this.port ? `, port ${this.port}` : ''}` }, this);
    this.watchHealth(false);
  }

  /** Takes over what an earlier host started. False: it runs no more. */
  adopt(record: ReplicaRecord): boolean {
    this.restarts = record.restarts;
    this.startedAt = record.startedAt;
    this.lastExit = record.lastExit;
    if (record.pid === null || record.identity === null) return false;
    this.process = ReplicaProcess.adopt(record.pid, record.identity, this.onExit);
    if (!this.process) return false;
    this.port = record.port;
    this.ready = record.ready;
    this.around.note({ kind: 'replica_adopted', detail: `pid ${record.pid}` }, this);
    this.watchHealth(record.ready);
    return true;
  }

  /** It died while no host was there to see it. */
  lost(): void {
    this.restarts++;
    this.lastExit = { code: null, signal: null, at: new Date().toISOString() };
    this.around.note({ kind: 'replica_lost', detail: 'died while the host was away; restarted', byItself: true }, this);
  }

  /** Drains (bounded by the grace period), SIGTERM, and after another grace period SIGKILL. `ended` follows. */
  stop(): void {
    if (this.stopping) return;
    this.stopping = true;
    this.health?.stop();
    clearTimeout(this.restartTimer);
    this.around.changed();
    const { process: running } = this;
    if (!running) {
      this.gone();
      return;
    }
    const grace = this.around.spec.stop_grace_ms;
    void this.inFlight.drained(grace).then(() => {
      if (this.process !== running) return;
      this.inFlight.release();
      running.signal('SIGTERM');
      this.restartTimer = setTimeout(() => {
        this.around.note({ kind: 'replica_killed', detail: `did not stop within ${grace} ms` }, this);
        running.signal('SIGKILL');
      }, grace);
    });
  }

  /** It refused a connection: perhaps it died just now. */
  suspect(): void {
    this.process?.look();
  }

  record(): ReplicaRecord {
    return {
      process: this.processName,
      index: this.index,
      releaseId: this.releaseId,
      pid: this.process?.pid ?? null,
      identity: this.process?.identity ?? null,
      port: this.port,
      ready: this.ready,
      restarts: this.restarts,
      startedAt: this.startedAt,
      lastExit: this.lastExit,
    };
  }

  status(): ReplicaStatus {
    return {
      name: this.name,
      process: this.processName,
      releaseId: this.releaseId,
      artifactDigest: this.around.artifactDigest,
      manifestDigest: this.around.manifestDigest,
      pid: this.process?.pid ?? null,
      port: this.port,
      state: this.state(),
      ready: this.isReady,
      restarts: this.restarts,
      startedAt: this.startedAt,
      lastExit: this.lastExit,
      crashLooping: this.backoff.looping,
      inFlight: this.inFlight.count,
    };
  }

  private state(): ObservedReplica['state'] {
    if (this.stopping) return this.process ? 'stopping' : 'exited';
    if (!this.process) return this.lastExit ? 'crashed' : 'starting';
    return this.ready ? 'running' : 'starting';
  }

  private watchHealth(alreadyUp: boolean): void {
    this.health = new HealthWatch(this.around.spec, this.port, {
      onReady: (ready, detail) => {
        this.ready = ready;
        if (ready) this.backoff.steady();
        else this.backoff.unsteady();
        this.around.note({ kind: ready ? 'replica_ready' : 'replica_unready', detail, byItself: !ready }, this);
        this.around.changed();
      },
      onDead: (detail) => this.kill(detail),
    });
    if (alreadyUp) this.backoff.steady();
    this.health.start(alreadyUp);
  }

  private kill(detail: string): void {
    const running = this.process;
    this.ready = false;
    this.around.note({ kind: 'replica_killed', detail, byItself: true }, this);
    this.around.changed();
    running?.signal('SIGTERM');
    this.restartTimer = setTimeout(() => running?.signal('SIGKILL'), this.around.spec.stop_grace_ms);
  }

  private gone(): void {
    this.resolveStopped();
    this.around.ended(this);
  }

  private readonly onStartFailure = (error: Error): void => {
    this.process = null;
    this.ended({ code: null, signal: null }, `could not start: ${error.message}`);
  };

  private readonly onExit = (exit: Exit): void => {
    this.process = null;
    const how = exit.signal ? `was ended by ${exit.signal}` : exit.code === null ? 'ended' : `exited with code ${exit.code}`;
    this.ended(exit, how);
  };

  private ended(exit: Exit, how: string): void {
    clearTimeout(this.restartTimer);
    this.health?.stop();
    this.ready = false;
    this.lastExit = { ...exit, at: new Date().toISOString() };
    this.inFlight.abandon();
    if (this.stopping) {
      this.around.note({ kind: 'replica_stopped', detail: how }, this);
      this.gone();
      return;
    }
    this.restarts++;
    const delayMs = this.backoff.next();
    this.around.note({ kind: 'replica_exited', detail: `${how}; restart ${this.restarts} in ${delayMs} ms`, byItself: true }, this);
    this.around.changed();
    this.restartTimer = setTimeout(() => void this.start(), delayMs);
  }
}
