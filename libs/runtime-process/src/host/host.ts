import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { HostPaths } from '../host-paths';
import type { EnsureRelease } from '../protocol';
import { ArtifactShelf } from './artifact-shelf';
import { HostFailure } from './host-failure';
import { HostSecrets } from './host-secrets';
import { Journal } from './journal';
import { stopOrphans } from './orphans';
import { freeReplicaPort, isPortFree } from './ports';
import { Slot } from './slot';
import { SlotStore, type SlotRecord } from './slot-store';

const SLOT_ID = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Everything that this machine runs for Slipway: its slots, the artifacts they share, and the journal. */
export class Host {
  readonly journal: Journal;
  readonly artifacts: ArtifactShelf;
  private readonly slots = new Map<string, Slot>();
  private readonly secrets: HostSecrets;
  /** Handed out, and perhaps not listened on yet. */
  private readonly promisedPorts = new Set<number>();

  constructor(
    private readonly paths: HostPaths,
    private readonly searchPath: string,
  ) {
    mkdirSync(paths.slots, { recursive: true, mode: 0o700 });
    this.journal = new Journal(paths.journal, paths.cursors);
    this.artifacts = new ArtifactShelf(paths.artifacts);
    this.secrets = new HostSecrets(paths.hostKey);
  }

  /** Adopts what runs, ends what nobody knows, and only then starts what is missing: nothing runs twice. */
  async recover(): Promise<void> {
    const known = readdirSync(this.paths.slots).filter((name) => existsSync(join(this.paths.slots, name, 'slot.json')));
    const unreadable = new Set(known.filter((slotId) => !this.open(slotId)));
    this.journal.note({ kind: 'host_started', detail: `pid ${process.pid}, ${known.length} slots` });
    for (const slot of this.slots.values()) slot.adopt();
    for (const pid of stopOrphans(this.paths.slots, this.sessions(), unreadable)) {
      this.journal.note({ kind: 'orphan_stopped', detail: `pid ${pid} was started by an earlier host that did not live to note it` });
    }
    await Promise.all([...this.slots.values()].map((slot) => slot.resume()));
    this.prune();
  }

  slot(slotId: string): Slot {
    const slot = this.slots.get(slotId);
    if (!slot) throw new HostFailure('unknown_resource', `slot ${slotId} has never run anything on this host`);
    return slot;
  }

  get slotIds(): readonly string[] {
    return [...this.slots.keys()];
  }

  sessions(): ReadonlySet<number> {
    const pids = [...this.slots.values()].flatMap((slot) => slot.sessions);
    return new Set(pids.filter((pid) => pid !== null));
  }

  async ensureRelease(slotId: string, releaseId: string, wanted: EnsureRelease): Promise<void> {
    if (!SLOT_ID.test(slotId) || !SLOT_ID.test(releaseId)) throw new HostFailure('invalid_request', 'that is no id');
    let slot = this.slots.get(slotId);
    if (!slot) {
      const { connection } = wanted;
      slot = this.makeSlot({
        slotId,
        connection,
        fence: 0,
        port: null,
        current: null,
        routes: [],
        window: null,
        recentArtifacts: [],
        releases: {},
      });
      this.slots.set(slotId, slot);
    }
    await slot.ensureRelease(releaseId, wanted);
  }

  async halt(options: { keepWorkloads: boolean }): Promise<void> {
    await Promise.all([...this.slots.values()].map((slot) => slot.halt(options)));
  }

  logDirectory(slotId: string): string {
    if (!SLOT_ID.test(slotId)) throw new HostFailure('invalid_request', 'that is no id');
    return join(this.directoryOf(slotId), 'logs');
  }

  private directoryOf(slotId: string): string {
    return join(this.paths.slots, slotId);
  }

  /** False: its file was changed by hand into something that cannot be read; what runs there is left alone. */
  private open(slotId: string): boolean {
    try {
      const record = SlotStore.read(this.directoryOf(slotId));
      if (record) this.slots.set(slotId, this.makeSlot(record));
      return true;
    } catch (error) {
      this.journal.note({ kind: 'slot_unreadable', slotId, detail: error instanceof Error ? error.message : String(error) });
      return false;
    }
  }

  private makeSlot(record: SlotRecord): Slot {
    return new Slot(record, {
      journal: this.journal,
      store: new SlotStore(this.directoryOf(record.slotId), this.secrets),
      searchPath: this.searchPath,
      artifactDirectory: (digest) => this.artifacts.pathOf(digest),
      hasArtifact: (digest) => this.artifacts.has(digest),
      chooseReplicaPort: () => this.chooseReplicaPort(),
      chooseRouterPort: (wanted) => this.chooseRouterPort(wanted),
      released: () => this.prune(),
    });
  }

  private async chooseReplicaPort(): Promise<number> {
    const taken = new Set([...this.slots.values()].flatMap((slot) => [slot.port, ...slot.replicaPorts]));
    const port = await freeReplicaPort((candidate) => taken.has(candidate) || this.promisedPorts.has(candidate));
    this.promise(port);
    return port;
  }

  private async chooseRouterPort({ slotId, connection }: SlotRecord): Promise<number> {
    const others = new Set([...this.slots].filter(([id]) => id !== slotId).map(([, slot]) => slot.port));
    for (let port = connection.port_from; port <= connection.port_to; port++) {
      if (others.has(port) || this.promisedPorts.has(port)) continue;
      this.promise(port);
      if (await isPortFree(port)) return port;
    }
    throw new HostFailure(
      'resource_in_use',
      `every port from ${connection.port_from} to ${connection.port_to} is taken; widen the target's range`,
    );
  }

  /** Long enough for its owner to listen on it. */
  private promise(port: number): void {
    this.promisedPorts.add(port);
    setTimeout(() => this.promisedPorts.delete(port), 10_000).unref();
  }

  private prune(): void {
    this.artifacts.prune(new Set([...this.slots.values()].flatMap((slot) => slot.usedArtifacts)));
  }
}
