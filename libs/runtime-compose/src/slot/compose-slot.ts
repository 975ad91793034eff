import type { Route, Routing, Scale, SlotControl, TrafficMetrics, ChangeInput, StepContext } from '@slipway/runtime-target';
import { labelOf, nameOf, type ContainerDetails } from '../engine/container';
import { readLogs } from '../engine/read-logs';
import { HostDocument } from '../host/host-document';
import { asComposeManifest, type ComposeManifest } from '../manifest/compose-manifest';
import { TrafficCount } from '../proxy/traffic';
import type { ComposePlace } from './compose-place';
import { declaration } from './declaration';
import { addJoin, addProxy, desiredTable, lacksPlace, probeModeOf } from './slot-proxy';
import { emptyState, type ReleaseFile, type SlotState } from './slot-files';
import { LABELS, SlotNames } from './slot-names';
import { keeps, readSlotStatus, type ComposeSlotStatus, type StandingComposeRelease } from './slot-status';

/** Whose hand moves the slot: the claim's fence, and the step's name for its effects. */
export interface Hand {
  readonly context: StepContext;
  readonly step: string;
}

const LOG_LINES = 20;
const LOGGED_REPLICAS = 5;

/** One slot at a Docker host, moved by one step of a change. Every change is a document for the host's helper, fenced there. */
export class ComposeSlot implements SlotControl {
  readonly lookEveryMs = 100;
  readonly names: SlotNames;
  private readonly requests: TrafficCount;
  private claimed = false;
  /** What this hand saw last, as long as it has done nothing since: by its claim nobody else does anything. */
  private seen: ComposeSlotStatus | null | undefined;

  constructor(
    private readonly place: ComposePlace,
    readonly slotId: string,
    private readonly hand: Hand,
    private readonly input?: ChangeInput,
  ) {
    this.names = new SlotNames(place.connection, slotId);
    this.requests = new TrafficCount(place.host, this.names);
  }

  /** The first look of a hand is its claim: whoever was overtaken learns that before it decides anything by what it sees. */
  async status(): Promise<ComposeSlotStatus | null> {
    const { host, engine, connection } = this.place;
    const claim = this.claimed ? undefined : this.hand.context;
    const status = await readSlotStatus(host, engine, connection, this.names, this.slotId, claim);
    this.claimed = true;
    return (this.seen = status);
  }

  async declare(scale: Scale): Promise<void> {
    const { input, names } = this;
    if (!input) throw new Error('nothing to declare');
    const manifest = asComposeManifest(input.manifest);
    const status = await this.lastSeen();
    const mode = probeModeOf(status, manifest);
    const table = status ? desiredTable(status, names, status.routes) : [];
    const secrets = await this.hand.context.secrets();
    const document = declaration({ input, manifest, names, connection: this.place.connection, status, table, mode, scale, secrets });
    await this.effect(document, 'declare', JSON.stringify(scale));
    if (Object.values(scale).some((count) => count > 0)) await this.scale(input.releaseId, scale);
  }

  async scale(releaseId: string, scale: Scale): Promise<void> {
    const status = await this.known();
    const release = this.releaseIn(status, releaseId);
    const document = new HostDocument();
    this.addRetirement(document, status, release, scale);
    const directory = this.names.releaseDirectory(releaseId);
    const wanted = Object.entries(scale);
    const more = wanted.some(([name, count]) => count > countOf(status, releaseId, name));
    if (more) document.add('up', this.names.release(releaseId), directory, ...wanted.map(([name, count]) => `${name}=${count}`));
    if (more || lacksPlace(status, this.names, releaseId)) addJoin(document, this.names, releaseId, release.file.manifest);
    await this.effect(document, 'scale', `${releaseId} ${JSON.stringify(scale)}`);
  }

  async route(routes: readonly Route[], { current, window, then = [] }: Routing = {}): Promise<void> {
    const status = await this.known();
    const document = new HostDocument();
    const state: SlotState = {
      ...status.state,
      current: current ?? status.state.current,
      routes,
      window: window === undefined || window === status.state.window?.name ? status.state.window : { name: window, since_ms: status.nowMs },
    };
    if (status.proxy.container)
      addProxy(document, status, this.names, desiredTable(status, this.names, routes), probeModeOf(status, undefined));
    document.put('state.json', JSON.stringify(state));
    for (const { releaseId, scale } of then) this.addRetirement(document, status, this.releaseIn(status, releaseId), scale);
    await this.effect(document, 'route', `${JSON.stringify(routes)} ${current ?? ''} ${window ?? ''} ${JSON.stringify(then)}`);
  }

  async remove(releaseId: string, afterMs = 0): Promise<void> {
    const status = await this.known();
    const release = status.releases.find((candidate) => candidate.releaseId === releaseId);
    const grace = release ? graceOf(release.file.manifest) : 10;
    const project = this.names.release(releaseId);
    const key = this.names.releaseKey(releaseId);
    const document = new HostDocument();
    const dropped = droppedWith(releaseId, status);
    if (afterMs > 0) {
      const services = new Set(dropped.map((container) => labelOf(container, LABELS.process)));
      document.add('expire', key, afterMs, project, grace, this.names.kept, ...services);
    } else {
      if (dropped.length > 0) document.add('retire', grace, ...dropped.map(({ Id }) => Id));
      document.add('gone', project, grace).add('forget', this.names.releaseDirectory(releaseId)).add('forget', `expire/${key}`);
      const others = status.releases.filter((candidate) => candidate.releaseId !== releaseId);
      if (status.current === releaseId || others.length === 0) document.put('state.json', JSON.stringify(emptyState(this.slotId)));
      if (others.length === 0) this.clear(document, grace);
    }
    await this.effect(document, 'remove', `${releaseId} ${afterMs}`);
  }

  async traffic(): Promise<readonly TrafficMetrics[]> {
    const status = await this.lastSeen();
    return status ? this.requests.read(status) : [];
  }

  async lastLines(releaseId: string): Promise<readonly string[]> {
    const status = await this.status();
    const containers = status?.containers.filter((container) => labelOf(container, LABELS.release) === releaseId) ?? [];
    const lines: string[] = [];
    for (const container of containers.slice(0, LOGGED_REPLICAS)) {
      const logs = readLogs(this.place.engine, container, { tail: LOG_LINES, follow: false }, this.hand.context.signal);
      for await (const { line } of logs) lines.push(`${nameOf(container)}: ${line}`);
    }
    return lines.slice(-2 * LOG_LINES);
  }

  /** Does what the document says under the step's name; the same thing asked for again attaches to it while it is under way. */
  async effect(document: HostDocument, what: string, detail: string): Promise<void> {
    const { context } = this.hand;
    const { fence, effectId, signal } = context;
    this.seen = undefined;
    await this.place.host.effect(this.names.place, document, {
      fence,
      name: `${effectId} ${this.hand.step} ${this.slotId} ${what} ${detail}`,
      signal,
      log: (line) => context.log(line),
    });
  }

  private clear(document: HostDocument, grace: number): void {
    const { names } = this;
    document.add('gone', names.kept, grace).add('gone', names.front, 1).add('forget', 'proxy').add('forget', 'kept');
    document.add('lost-network', names.front).add('lost-network', names.kept);
  }

  /** The release's new scale, and what it has beyond it drained and stopped. */
  private addRetirement(
    document: HostDocument,
    status: ComposeSlotStatus,
    { releaseId, file }: StandingComposeRelease,
    scale: Scale,
  ): void {
    const scaled: ReleaseFile = { ...file, scale };
    document.put(`${this.names.releaseDirectory(releaseId)}/release.json`, JSON.stringify(scaled));
    const surplus = surplusOf(status, releaseId, scale);
    if (surplus.length > 0) document.add('retire', graceOf(file.manifest), ...surplus);
  }

  private async known(): Promise<ComposeSlotStatus> {
    return (await this.lastSeen()) ?? this.unknown('the slot');
  }

  private async lastSeen(): Promise<ComposeSlotStatus | null> {
    return this.seen === undefined ? this.status() : this.seen;
  }

  private releaseIn(status: ComposeSlotStatus, releaseId: string): StandingComposeRelease {
    return status.releases.find((candidate) => candidate.releaseId === releaseId) ?? this.unknown(`release ${releaseId} in slot`);
  }

  private unknown(what: string): never {
    throw new Error(`the host does not know ${what} ${this.slotId}; run the change from its first step`);
  }
}

const countOf = (status: ComposeSlotStatus, releaseId: string, process: string): number =>
  status.containers.filter(
    (container) =>
      container.State.Running && labelOf(container, LABELS.release) === releaseId && labelOf(container, LABELS.process) === process,
  ).length;

/** What has data and goes with a release, as no other that stands has it; its volume stays. */
const droppedWith = (leaving: string, { containers, releases }: ComposeSlotStatus): readonly ContainerDetails[] =>
  containers.filter(
    (container) =>
      labelOf(container, LABELS.role) === 'kept' && !releases.some((release) => release.releaseId !== leaving && keeps(release, container)),
  );

/** Containers beyond what is wanted: the newest go first. */
function surplusOf(status: ComposeSlotStatus, releaseId: string, scale: Scale): readonly string[] {
  return Object.entries(scale).flatMap(([process, wanted]) =>
    status.containers
      .filter((container) => labelOf(container, LABELS.release) === releaseId && labelOf(container, LABELS.process) === process)
      .sort((a, b) => (a.Created < b.Created ? -1 : 1))
      .slice(wanted)
      .map(({ Id }) => Id),
  );
}

/** The longest stop grace of a release, in whole seconds. */
const graceOf = ({ application }: ComposeManifest): number =>
  Math.max(1, ...Object.values(application.processes).map(({ stop_grace_ms }) => Math.ceil(stop_grace_ms / 1000)));
