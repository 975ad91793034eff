import { canonicalJson } from '@slipway/contracts';
import type { KubeObject, ResourcePath } from '../api/kube-object';
import { KINDS, resourceOf } from '../api/kinds';
import { HTTP_ROUTE, httpRouteOf, routeServiceOf } from '../render/gateway';
import { deploymentsOf, documentsOf, secretOf, servicesOf, type Release, type Scale } from '../render/instantiate';
import type { FencedSlot } from './fenced-slot';
import { LABEL, MANAGED_BY, manifestName, releaseSelector } from './names';
import type { SlotReader } from './slot-reader';
import type { ReleaseEntry, SlotRecord } from './slot-record';

type Route = SlotRecord['routes'][number];

/** What a change does to a slot, each act fenced and safe to repeat. */
export class SlotWriter {
  constructor(
    readonly slot: FencedSlot,
    readonly reader: SlotReader,
  ) {}

  /** The release is known here: its manifest, secrets, volumes and workloads, at the scale given; traffic is not touched. */
  async declare(release: Release, scale: Scale, secrets: Readonly<Record<string, string>>): Promise<void> {
    await this.slot.update((record) => ({ ...record, releases: [...others(record, release.releaseId), entryOf(release)] }));
    await this.slot.apply(KINDS.ConfigMap, manifestObject(release));
    await Promise.all([
      this.writeSecrets(release, secrets),
      this.writeDocuments(release),
      ...(release.manifest.gateway ? [this.declareRouteService(release)] : []),
    ]);
    await this.scale(release, scale);
  }

  /** The Service by which a Gateway's route leads to this release alone. */
  async declareRouteService(release: Release): Promise<void> {
    await this.slot.apply(KINDS.Service, routeServiceOf(release));
  }

  /** What stands under names that releases share: it is as the last one that wrote it wants it. */
  async writeDocuments(release: Release): Promise<void> {
    await Promise.all(documentsOf(release).map((document) => this.slot.apply(resourceOf(document), document)));
  }

  async writeSecrets(release: Release, values: Readonly<Record<string, string>>): Promise<void> {
    if (Object.keys(values).length > 0) await this.slot.apply(KINDS.Secret, secretOf(release, values));
  }

  /** Workloads as rendered, at this scale: what somebody changed by hand is taken back with it. */
  async scale(release: Release, scale: Scale): Promise<void> {
    await Promise.all(deploymentsOf(release, scale).map((deployment) => this.slot.apply(KINDS.Deployment, deployment)));
  }

  /**
   * Who gets the traffic. Plain Services know two ways: all to one release, or shared by every replica that is ready. Behind a Gateway
   * a route weighs the releases, and the Service stays with the one that has the most.
   */
  async route(release: Release, routes: readonly Route[]): Promise<SlotRecord> {
    const record = await this.slot.update((before) => ({ ...before, routes }));
    const onlyFor = routes.length === 1 || release.manifest.gateway ? mostOf(routes) : null;
    await Promise.all([
      ...(release.manifest.gateway && routes.length > 0 ? [this.slot.apply(HTTP_ROUTE, httpRouteOf(release, routes))] : []),
      ...servicesOf(release, onlyFor).map((service) => this.slot.apply(KINDS.Service, service)),
    ]);
    return record;
  }

  /** From now on the slot is this release's. */
  own(releaseId: string): Promise<SlotRecord> {
    return this.slot.update((record) => ({ ...record, current: releaseId }));
  }

  /** The release goes: workloads, secrets, manifest. Its volumes stay. */
  async remove(releaseId: string): Promise<void> {
    await Promise.all([KINDS.Deployment, KINDS.Job, KINDS.Service, KINDS.Secret].map((resource) => this.removeAll(resource, releaseId)));
    await this.slot.update((record) => ({
      ...record,
      current: record.current === releaseId ? null : record.current,
      releases: others(record, releaseId),
      routes: record.routes.filter((route) => route.releaseId !== releaseId),
    }));
    await this.slot.remove(KINDS.ConfigMap, manifestName(this.slot.slotId, releaseId));
  }

  /** The release's Jobs, from the time on at which nobody asks any more how they ended. */
  removeJobs(releaseId: string): Promise<void> {
    return this.removeAll(KINDS.Job, releaseId);
  }

  /** What no release in the slot names any more goes: Services, and what came with somebody's own manifests. Volumes stay. */
  async prune(): Promise<void> {
    const record = await this.reader.record();
    const releases = await Promise.all(record.releases.map(({ releaseId }) => this.reader.release(releaseId, record)));
    const wanted = new Set(releases.flatMap((release) => (release ? namesOf(release) : [])));
    const unwanted = (await this.reader.prunable()).filter(({ kind, metadata }) => !wanted.has(`${kind} ${metadata.name}`));
    await Promise.all(unwanted.map((object) => this.slot.remove(resourceOf(object), object.metadata.name!)));
  }

  /** When a version that is kept goes. */
  keepUntil(releaseId: string, removeAt: string): Promise<SlotRecord> {
    return this.slot.update((record) => ({
      ...record,
      releases: record.releases.map((entry) => (entry.releaseId === releaseId ? { ...entry, removeAt } : entry)),
    }));
  }

  private async removeAll(resource: ResourcePath, releaseId: string): Promise<void> {
    const { items } = await this.slot.client.list<KubeObject>(resource, releaseSelector(this.slot.slotId, releaseId));
    await Promise.all(items.map(({ metadata }) => this.slot.remove(resource, metadata.name!)));
  }
}

/** The release that has the most traffic; null when none has any. */
export const mostOf = (routes: readonly Route[]): string | null => [...routes].sort((a, b) => b.percent - a.percent)[0]?.releaseId ?? null;

const namesOf = ({ manifest }: Release): readonly string[] => [
  ...manifest.resources.map(({ kind, metadata }) => `${kind} ${metadata.name}`),
  ...(manifest.gateway ? [`HTTPRoute ${manifest.service_name}`] : []),
];

const entryOf = ({ releaseId, manifestDigest, artifactDigest }: Release): ReleaseEntry => ({
  releaseId,
  manifestDigest,
  artifactDigest,
  removeAt: null,
});

const others = (record: SlotRecord, releaseId: string): readonly ReleaseEntry[] =>
  record.releases.filter((entry) => entry.releaseId !== releaseId);

function manifestObject({ releaseId, manifest }: Release): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: manifestName(manifest.slot_id, releaseId),
      labels: {
        [LABEL.managedBy]: MANAGED_BY,
        [LABEL.name]: manifest.service_name,
        [LABEL.slot]: manifest.slot_id,
        [LABEL.release]: releaseId,
      },
    },
    data: { manifest: canonicalJson(manifest) },
  };
}
