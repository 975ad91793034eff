import type { ReplicaStatus } from '../protocol';
import type { JournalNote } from './journal';
import { Replica, type ReplicaRecord, type ReplicaSurroundings } from './replica';
import type { ReleaseRecord, SlotStore } from './slot-store';
import { unlessDiskRefuses } from './durable-file';
import { workloadEnvironment } from './workload-environment';

/** What the replicas of a slot need from it and from the host. */
export interface ReplicaSetSurroundings {
  readonly store: SlotStore;
  readonly searchPath: string;
  artifactDirectory(digest: string): string;
  chooseReplicaPort(): Promise<number>;
  /** The replicas that may be given requests are others now. */
  serving(replicas: readonly Replica[]): void;
  /** The last replica of a release that is being removed has stopped. */
  vacated(release: ReleaseRecord): void;
  note(note: JournalNote, byItself: boolean): void;
}

/** The replicas of one slot, of all its releases: brought to what is wanted, again after each change. */
export class ReplicaSet {
  private readonly replicas = new Set<Replica>();
  private halted = false;

  constructor(
    private readonly around: ReplicaSetSurroundings,
    private readonly releases: () => readonly ReleaseRecord[],
  ) {}

  /** After a start of the host: takes over what still runs. */
  adopt(): void {
    const releases = new Map(this.releases().map((release) => [release.releaseId, release]));
    for (const record of this.around.store.readReplicas()) {
      const release = releases.get(record.releaseId);
      if (release?.manifest.processes[record.process]) this.takeOver(release, record);
    }
  }

  /** Then starts again what died meanwhile, and what else is missing. */
  resume(): void {
    for (const replica of this.replicas) if (replica.sessionId === null) void replica.start();
    this.reconcile();
  }

  /** Starts the missing and stops those no longer wanted. Names releases that are `vacated`. */
  reconcile(): void {
    if (this.halted) return;
    for (const release of this.releases()) {
      for (const process of Object.keys(release.manifest.processes)) this.reconcileProcess(release, process);
      if (release.removing && this.of(release.releaseId).length === 0) this.around.vacated(release);
    }
    this.changed();
  }

  status(): readonly ReplicaStatus[] {
    return [...this.replicas].map((replica) => replica.status());
  }

  get sessions(): readonly (number | null)[] {
    return [...this.replicas].map((replica) => replica.sessionId);
  }

  get ports(): readonly (number | null)[] {
    return [...this.replicas].map((replica) => replica.port);
  }

  /** Every replica that is wanted of the release is ready. */
  isWhole({ releaseId, scale }: ReleaseRecord): boolean {
    const ready = this.of(releaseId).filter((replica) => replica.isReady).length;
    return ready >= Object.values(scale).reduce((sum, count) => sum + count, 0);
  }

  /** No more changes; `stop` also stops every replica and waits for it. What is wanted stays as it is. */
  async halt({ stop }: { stop: boolean }): Promise<void> {
    this.halted = true;
    if (!stop) return;
    for (const replica of this.replicas) replica.stop();
    await Promise.all([...this.replicas].map((replica) => replica.stopped));
    this.around.store.saveReplicas([]);
  }

  private of(releaseId: string): Replica[] {
    return [...this.replicas].filter((replica) => replica.releaseId === releaseId);
  }

  private takeOver(release: ReleaseRecord, record: ReplicaRecord): void {
    const replica = this.add(release, record.process, record.index);
    if (replica.adopt(record)) return;
    const wanted = record.index < wantedOf(release, record.process);
    if (!wanted) this.replicas.delete(replica);
    else if (record.pid !== null) replica.lost();
  }

  private reconcileProcess(release: ReleaseRecord, process: string): void {
    const wanted = wantedOf(release, process);
    const running = this.of(release.releaseId).filter((replica) => replica.processName === process && !replica.isStopping);
    for (const replica of running) if (replica.index >= wanted) replica.stop();
    for (let index = 0; index < wanted; index++) {
      if (!running.some((replica) => replica.index === index)) void this.add(release, process, index).start();
    }
  }

  private add(release: ReleaseRecord, process: string, index: number): Replica {
    const replica = new Replica(this.surroundings(release, process), index);
    this.replicas.add(replica);
    return replica;
  }

  private changed(): void {
    this.around.serving([...this.replicas].filter((replica) => replica.serves));
    if (this.halted) return;
    unlessDiskRefuses(() => this.around.store.saveReplicas([...this.replicas].map((replica) => replica.record())));
  }

  private surroundings(release: ReleaseRecord, process: string): ReplicaSurroundings {
    const { store, searchPath } = this.around;
    const spec = release.manifest.processes[process]!;
    return {
      releaseId: release.releaseId,
      artifactDigest: release.artifactDigest,
      manifestDigest: release.manifestDigest,
      process,
      spec,
      choosePort: () => this.around.chooseReplicaPort(),
      launch: (name, port) => ({
        command: spec.command,
        cwd: this.around.artifactDirectory(release.artifactDigest),
        env: workloadEnvironment(release, spec, { port, home: store.home, searchPath, secrets: store.readSecrets(release.releaseId) }),
        logPath: store.logPath(release.releaseId, name),
      }),
      changed: () => this.changed(),
      ended: (replica) => {
        this.replicas.delete(replica);
        this.reconcile();
      },
      note: ({ byItself = false, ...note }, replica) =>
        this.around.note({ ...note, releaseId: replica.releaseId, replica: replica.name }, byItself),
    };
  }
}

const wantedOf = (release: ReleaseRecord, process: string): number => (release.removing ? 0 : (release.scale[process] ?? 0));
