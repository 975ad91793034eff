import { digestOf } from '@slipway/contracts';
import type { V1ServiceSpec } from '@kubernetes/client-node';
import type { Observation } from '@slipway/runtime-target';
import type { KubeClient } from '../api/kube-client';
import { noneWhereNotServed } from '../api/kube-errors';
import type { KubeObject } from '../api/kube-object';
import { DOCUMENT_ONLY_KINDS, KINDS, resourceOf } from '../api/kinds';
import { DOCUMENT_LABEL } from '../documents/render-documents';
import { HTTP_ROUTE } from '../render/gateway';
import { asKubernetesManifest } from '../render/manifest';
import type { Release } from '../render/instantiate';
import { SERVICE_PORT } from '../render/conventions';
import { LABEL, manifestName, recordName, slotSelector } from './names';
import { releaseOf, replicaOf, standing, type Deployment, type Pod } from './pods';
import { recordOf, type RecordObject, type SlotRecord } from './slot-record';

export type Service = KubeObject & { spec: V1ServiceSpec };
type ManifestObject = KubeObject & { data?: Record<string, string> };

const OF_A_RELEASE = [KINDS.Deployment, KINDS.Job, KINDS.Service, KINDS.Secret, KINDS.ConfigMap] as const;
const PRUNED = [
  { apiVersion: 'v1', kind: 'Service', documents: false },
  { apiVersion: HTTP_ROUTE.apiVersion, kind: 'HTTPRoute', documents: false },
  { apiVersion: 'v1', kind: 'ConfigMap', documents: true },
  ...DOCUMENT_ONLY_KINDS.map((document) => ({ ...document, documents: true })),
];

/** Looks at one slot; changes nothing. */
export class SlotReader {
  constructor(
    readonly client: KubeClient,
    readonly slotId: string,
  ) {}

  async record(): Promise<SlotRecord> {
    return recordOf(await this.client.get<RecordObject>(KINDS.ConfigMap, recordName(this.slotId)));
  }

  async pods(): Promise<readonly Pod[]> {
    return standing((await this.client.list<Pod>(KINDS.Pod, slotSelector(this.slotId))).items);
  }

  /** Releases of which something stands, known to the record or not: whoever was overtaken may have created it late. */
  async standingReleases(): Promise<readonly string[]> {
    const found = await Promise.all(
      OF_A_RELEASE.map((resource) => this.client.list<KubeObject>(resource, `${slotSelector(this.slotId)},${LABEL.release}`)),
    );
    return [...new Set(found.flatMap(({ items }) => items.map(releaseOf)))];
  }

  async deployments(): Promise<readonly Deployment[]> {
    return (await this.client.list<Deployment>(KINDS.Deployment, slotSelector(this.slotId))).items;
  }

  async services(): Promise<readonly Service[]> {
    return (await this.client.list<Service>(KINDS.Service, slotSelector(this.slotId))).items;
  }

  /** Objects of the slot that go when no release names them: Services, routes and documents, of the kinds that the cluster serves. */
  async prunable(): Promise<readonly KubeObject[]> {
    const found = await Promise.all(
      PRUNED.map(async ({ apiVersion, kind, documents }) => {
        const selector = documents ? `${slotSelector(this.slotId)},${DOCUMENT_LABEL}` : slotSelector(this.slotId);
        const { items } = await this.client.list<KubeObject>(resourceOf({ apiVersion, kind }), selector).catch(noneWhereNotServed);
        return items.filter((item) => releaseOf(item) === '').map((item) => ({ ...item, apiVersion, kind }));
      }),
    );
    return found.flat();
  }

  /** A release as it was brought here; null when its manifest is gone. */
  async release(releaseId: string, record?: SlotRecord): Promise<Release | null> {
    const entry = (record ?? (await this.record())).releases.find((candidate) => candidate.releaseId === releaseId);
    const stored = entry && (await this.client.get<ManifestObject>(KINDS.ConfigMap, manifestName(this.slotId, releaseId)));
    const text = stored?.data?.['manifest'];
    if (!entry || text === undefined) return null;
    const manifest = asKubernetesManifest(JSON.parse(text) as Record<string, unknown>);
    return { releaseId, manifest, manifestDigest: digestOf(manifest), artifactDigest: entry.artifactDigest };
  }

  async observe(observedAt: string): Promise<Observation> {
    const [record, pods, services] = await Promise.all([this.record(), this.pods(), this.services()]);
    const releaseId = record.current ?? record.routes[0]?.releaseId ?? null;
    const release = releaseId === null ? null : await this.release(releaseId, record);
    return {
      slotId: this.slotId,
      releaseId: release ? releaseId : null,
      manifest: release ? { ...release.manifest } : null,
      manifestDigest: release?.manifestDigest ?? null,
      artifactDigest: release?.artifactDigest ?? null,
      url: release ? urlOf(release, services) : null,
      fence: record.fence,
      replicas: pods.map(replicaOf).sort((a, b) => (a.name < b.name ? -1 : 1)),
      routes: record.routes,
      observedAt,
    };
  }
}

/** Inside the cluster; the name is stable, the address behind it is the Service's. */
function urlOf({ manifest }: Release, services: readonly Service[]): string | null {
  const service = services.find(({ metadata }) => metadata.name === manifest.service_name);
  return service ? `http://${manifest.service_name}.${manifest.namespace}.svc:${SERVICE_PORT}` : null;
}
