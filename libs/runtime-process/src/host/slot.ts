import type { EnsureRelease, RemoveRelease, ReleaseTraffic, RunTask, ScaleRelease, SetRoutes, SlotStatus } from '../protocol';
import { Balancer } from './balancer';
import { unlessDiskRefuses } from './durable-file';
import { HostFailure } from './host-failure';
import type { Journal, JournalNote } from './journal';
import { RemovalSchedule } from './removal-schedule';
import { ReplicaSet } from './replica-set';
import { SlotRouter } from './slot-router';
import { SlotTasks } from './slot-tasks';
import type { ReleaseRecord, SlotRecord, SlotStore } from './slot-store';
import { Traffic } from './traffic';

/** Of releases that are gone, besides those that run. */
const KEEP_ARTIFACTS = 2;

/** What a slot needs from the host. */
export interface SlotSurroundings {
  readonly journal: Journal;
  readonly store: SlotStore;
  readonly searchPath: string;
  artifactDirectory(digest: string): string;
  hasArtifact(digest: string): boolean;
  chooseReplicaPort(): Promise<number>;
  /** A free port of the slot's range that no other slot holds. */
  chooseRouterPort(record: SlotRecord): Promise<number>;
  released(): void;
}

/** One slot: its releases and their replicas, brought to what is wanted; its router; its fence. */
export class Slot {
  readonly tasks: SlotTasks;
  private readonly replicas: ReplicaSet;
  private readonly traffic = new Traffic();
  private readonly balancer = new Balancer();
  private readonly router: SlotRouter;
  private readonly removals: RemovalSchedule;
  private queue: Promise<unknown> = Promise.resolve();
  private disturbed = false;
  private savedFence = -1;
  private halted = false;

  constructor(
    private readonly record: SlotRecord,
    private readonly around: SlotSurroundings,
  ) {
    this.tasks = new SlotTasks(around);
    this.router = new SlotRouter(this.balancer, this.traffic, (detail) => this.note({ kind: 'port_taken', detail, unexpected: true }));
    this.replicas = new ReplicaSet(
      {
        ...around,
        serving: (replicas) => this.balancer.serve(replicas),
        vacated: (release) => this.forget(release),
        note: (note, byItself) => this.noteOfReplica(note, byItself),
      },
      () => Object.values(this.record.releases),
    );
    this.removals = new RemovalSchedule(
      (releaseId) => this.remove(releaseId),
      (releaseId, error) =>
        this.note({ kind: 'removal_failed', releaseId, detail: error instanceof Error ? error.message : String(error) }),
    );
    this.balancer.route(record.routes);
    this.traffic.open(record.window);
  }

  get port(): number | null {
    return this.record.port;
  }
  get usedArtifacts(): readonly string[] {
    return [...this.record.recentArtifacts, ...this.runningArtifacts];
  }
  get runningArtifacts(): readonly string[] {
    return Object.values(this.record.releases).map((release) => release.artifactDigest);
  }
  get sessions(): readonly (number | null)[] {
    return [...this.replicas.sessions, ...this.tasks.sessions];
  }
  get replicaPorts(): readonly (number | null)[] {
    return this.replicas.ports;
  }

  /** After a start of the host: what still runs is ours again. */
  adopt(): void {
    this.replicas.adopt();
    this.tasks.adopt();
  }

  /** Then: what is missing starts, the router opens. */
  async resume(): Promise<void> {
    const owner = this.owner;
    this.disturbed = owner !== undefined && !this.replicas.isWhole(owner);
    this.replicas.resume();
    this.armRemovals();
    if (this.record.port !== null) await this.router.listen(this.record.connection.host, this.record.port);
  }

  ensureRelease(releaseId: string, wanted: EnsureRelease): Promise<void> {
    return this.exclusively(wanted.fence, async () => {
      const known = this.record.releases[releaseId];
      if (known && known.manifestDigest !== wanted.manifestDigest) {
        throw new HostFailure('resource_in_use', `release ${releaseId} is here already with another manifest`);
      }
      if (!this.around.hasArtifact(wanted.artifactDigest)) {
        throw new HostFailure('unknown_resource', `artifact ${wanted.artifactDigest} is not on this host; send it first`);
      }
      this.record.connection = wanted.connection;
      this.around.store.saveSecrets(releaseId, wanted.secrets);
      const { artifactDigest, manifestDigest, manifest, scale } = wanted;
      this.record.releases[releaseId] = { releaseId, artifactDigest, manifestDigest, manifest, scale, removing: false, removeAt: null };
      await this.openRouter(manifest.processes);
      this.rescaled(releaseId);
    });
  }

  scaleRelease(releaseId: string, { fence, scale }: ScaleRelease): Promise<void> {
    return this.exclusively(fence, () => {
      const release = this.release(releaseId);
      release.scale = scale;
      release.removing = false;
      release.removeAt = null;
      this.rescaled(releaseId);
    });
  }

  runTask(effect: string, wanted: RunTask): Promise<void> {
    return this.exclusively(wanted.fence, () => this.tasks.run(effect, wanted, this.release(wanted.releaseId)));
  }

  setRoutes({ fence, routes, current, window }: SetRoutes): Promise<void> {
    return this.exclusively(fence, () => {
      for (const route of routes) this.release(route.releaseId);
      this.record.routes = routes.filter((route) => route.percent > 0);
      if (current !== undefined) this.record.current = this.release(current).releaseId;
      if (window !== undefined && window !== this.record.window) {
        this.record.window = window;
        this.traffic.open(window);
      }
      this.save();
      this.balancer.route(this.record.routes);
      const shares = this.record.routes.map((route) => `${route.releaseId} ${route.percent}%`).join(', ');
      this.note({ kind: 'routes_set', detail: shares || 'none' });
    });
  }

  removeRelease(releaseId: string, { fence, afterMs }: RemoveRelease): Promise<void> {
    return this.exclusively(fence, () => {
      const release = this.record.releases[releaseId];
      if (!release) return;
      release.removeAt = Date.now() + afterMs;
      if (afterMs === 0) this.remove(releaseId);
      else this.save();
      this.armRemovals();
    });
  }

  status(): SlotStatus {
    const { slotId, connection, fence, port, current, routes, window, releases } = this.record;
    return {
      slotId,
      connection,
      fence,
      port,
      listening: this.router.isListening,
      current,
      routes,
      window,
      releases: Object.values(releases),
      replicas: this.replicas.status(),
    };
  }

  /** What this slot has on disk is what this host wrote. */
  isUntouched(): Promise<boolean> {
    return this.around.store.isUntouched();
  }

  metrics(): readonly ReleaseTraffic[] {
    return this.traffic.figures();
  }

  /** For a shutdown of the host; replicas are `left` running or stopped, and come back with the next host. */
  async halt({ keepWorkloads }: { keepWorkloads: boolean }): Promise<void> {
    this.halted = true;
    this.removals.clear();
    if (!keepWorkloads) this.tasks.stop();
    await this.replicas.halt({ stop: !keepWorkloads });
    await this.router.close();
  }

  /** One change after another, each refused when a newer fence was seen. */
  private exclusively(fence: number, change: () => void | Promise<void>): Promise<void> {
    const turn = this.queue.then(async () => {
      if (this.halted) throw new HostFailure('unavailable', 'the host is shutting down');
      if (!Number.isSafeInteger(fence)) throw new HostFailure('invalid_request', 'a fence is an integer');
      if (fence < this.record.fence) {
        throw new HostFailure(
          'stale_fence',
          `fence ${fence} is older than ${this.record.fence}, which slot ${this.record.slotId} has seen`,
        );
      }
      const before = structuredClone(this.record);
      try {
        this.record.fence = fence;
        await change();
        if (this.savedFence !== fence) this.save();
      } catch (error) {
        Object.assign(this.record, before);
        throw error;
      }
    });
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  /** The release that owns the slot. */
  private get owner(): ReleaseRecord | undefined {
    return this.record.current === null ? undefined : this.record.releases[this.record.current];
  }

  private release(releaseId: string): ReleaseRecord {
    const release = this.record.releases[releaseId];
    if (!release) throw new HostFailure('unknown_resource', `release ${releaseId} is not in slot ${this.record.slotId}`);
    return release;
  }

  private async openRouter(processes: ReleaseRecord['manifest']['processes']): Promise<void> {
    if (!Object.values(processes).some((process) => process.port)) return;
    const { connection } = this.record;
    const moved = this.record.port === null || this.record.port < connection.port_from || this.record.port > connection.port_to;
    if (moved) this.record.port = await this.around.chooseRouterPort(this.record);
    if (this.record.port !== null) await this.router.listen(connection.host, this.record.port);
  }

  private rescaled(releaseId: string): void {
    this.save();
    const { scale } = this.release(releaseId);
    this.note({
      kind: 'release_scaled',
      releaseId,
      detail: Object.entries(scale)
        .map(([name, count]) => `${name} ${count}`)
        .join(', '),
    });
    this.armRemovals();
    this.replicas.reconcile();
  }

  private remove(releaseId: string): void {
    this.release(releaseId).removing = true;
    this.tasks.stop(releaseId);
    this.record.routes = this.record.routes.filter((route) => route.releaseId !== releaseId);
    if (this.record.current === releaseId) this.record.current = null;
    this.save();
    this.balancer.route(this.record.routes);
    this.replicas.reconcile();
  }

  private armRemovals(): void {
    const leaving = Object.values(this.record.releases).filter(({ removing }) => !removing);
    this.removals.set(leaving.flatMap(({ releaseId, removeAt }) => (removeAt === null ? [] : [{ releaseId, at: removeAt }])));
  }

  private noteOfReplica(note: JournalNote, byItself: boolean): void {
    const { current } = this.record;
    const unexpected = byItself && note.releaseId === current;
    this.disturbed ||= unexpected;
    this.note({ ...note, unexpected });
    const owner = this.owner;
    if (note.kind !== 'replica_ready' || !this.disturbed || !owner || !this.replicas.isWhole(owner)) return;
    this.disturbed = false;
    this.note({ kind: 'slot_whole', releaseId: current, detail: 'every replica is ready again' });
  }

  private forget(release: ReleaseRecord): void {
    const { record, around } = this;
    delete record.releases[release.releaseId];
    const recent = [release.artifactDigest, ...record.recentArtifacts.filter((digest) => digest !== release.artifactDigest)];
    record.recentArtifacts = recent.slice(0, KEEP_ARTIFACTS);
    unlessDiskRefuses(() => {
      this.save();
      around.store.dropSecrets(release.releaseId);
      around.store.pruneLogs(new Set(Object.keys(record.releases)));
      around.released();
    });
    this.note({ kind: 'release_removed', releaseId: release.releaseId, detail: 'its replicas have stopped' });
  }

  private save(): void {
    this.around.store.save(this.record);
    this.savedFence = this.record.fence;
  }

  private note(note: JournalNote): void {
    this.around.journal.note({ slotId: this.record.slotId, ...note });
  }
}
