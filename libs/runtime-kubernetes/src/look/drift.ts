import type { ChangeInput, DriftFinding } from '@slipway/runtime-target';
import { fullScale } from '@slipway/runtime-target';
import type { KubeClient } from '../api/kube-client';
import { KINDS, resourceOf } from '../api/kinds';
import type { KubeObject, ResourcePath } from '../api/kube-object';
import { asKubernetesManifest } from '../render/manifest';
import { HTTP_ROUTE, httpRouteOf, routeServiceOf } from '../render/gateway';
import { deploymentsOf, documentsOf, servicesOf, type Release } from '../render/instantiate';
import { isReady, processOf, reasonOf, releaseOf, restartsOf, type Deployment, type Pod } from '../slot/pods';
import { SlotReader } from '../slot/slot-reader';
import type { SlotRecord } from '../slot/slot-record';
import { differences } from './differences';
import { ownedFields, type OwnedField } from '../slot/field-paths';

const MAX_FINDINGS = 100;
/** Controllers whose writing is no drift. */
const CONTROLLERS = new Set(['kube-controller-manager', 'kube-scheduler', 'kubelet', 'deployment-controller', 'replicaset-controller']);

/** What differs, by name, between the namespace and the release that should run in it; a change by hand with the field and who made it. */
export async function findDrift(client: KubeClient, input: ChangeInput): Promise<readonly DriftFinding[]> {
  const reader = new SlotReader(client, input.slotId);
  const manifest = asKubernetesManifest(input.manifest);
  const release: Release = {
    releaseId: input.releaseId,
    manifest,
    manifestDigest: input.manifestDigest,
    artifactDigest: input.artifactDigest,
  };
  const [record, deployments, pods] = await Promise.all([reader.record(), reader.deployments(), reader.pods()]);
  const owner = ownerDrift(record, input);
  if (owner.length > 0) return owner;
  const wanted: readonly (readonly [ResourcePath, KubeObject])[] = [
    ...deploymentsOf(release, fullScale(manifest)).map((object) => [KINDS.Deployment, object] as const),
    ...servicesOf(release, input.releaseId).map((object) => [KINDS.Service, object] as const),
    ...(manifest.gateway
      ? [
          [KINDS.Service, routeServiceOf(release)] as const,
          [HTTP_ROUTE, httpRouteOf(release, [{ releaseId: input.releaseId, percent: 100 }])] as const,
        ]
      : []),
    ...documentsOf(release).map((object) => [resourceOf(object), object] as const),
  ];
  const objects = await Promise.all(wanted.map(([resource, object]) => objectDrift(client, resource, object)));
  return [...objects.flat(), ...replicaDrift(pods, release), ...extras(deployments, record, input)].slice(0, MAX_FINDINGS);
}

function ownerDrift({ current, releases }: SlotRecord, { releaseId, manifestDigest, slotId }: ChangeInput): readonly DriftFinding[] {
  const entry = releases.find((candidate) => candidate.releaseId === releaseId);
  if (releases.length === 0) return [{ kind: 'missing', what: `slot ${slotId}`, detail: 'nothing of this slot is in the namespace' }];
  if (!entry)
    return [{ kind: 'missing', what: `release ${releaseId}`, detail: current ? `release ${current} owns the slot` : 'the slot is empty' }];
  if (current !== releaseId) return [{ kind: 'changed', what: 'owner', detail: `release ${current ?? 'none'} owns the slot` }];
  return entry.manifestDigest === manifestDigest
    ? []
    : [{ kind: 'changed', what: 'manifest', detail: 'the namespace holds another manifest than was released' }];
}

async function objectDrift(client: KubeClient, resource: ResourcePath, wanted: KubeObject): Promise<readonly DriftFinding[]> {
  const what = `${wanted.kind} ${wanted.metadata.name}`;
  const live = await client.get<KubeObject>(resource, wanted.metadata.name!);
  if (!live) return [{ kind: 'missing', what, detail: `${what} is not in namespace ${client.namespace}` }];
  const owned = ownedFields(live);
  const { metadata: _metadata, ...body } = wanted;
  const changed = [...differences(body, live)].map(({ path, wanted: value, found }) => ({
    path,
    detail: `${path}: released ${shown(value)}, found ${shown(found)}${by(owned, path, client)}`,
  }));
  const paths = changed.map(({ path }) => path);
  const added = foreignFields(owned, client).filter(
    ({ path }) => !paths.some((known) => path === known || path.startsWith(`${known}.`) || known.startsWith(`${path}.`)),
  );
  return [
    ...changed.map(({ detail }): DriftFinding => ({ kind: 'changed', what, detail: detail.slice(0, 1000) })),
    ...added.map(({ path, manager, time }): DriftFinding => ({
      kind: 'changed',
      what,
      detail: `${path}: not as released, set by ${manager} at ${time}`,
    })),
  ];
}

/** Fields that somebody else than this platform and the cluster's own controllers set last. */
export const foreignFields = (owned: readonly OwnedField[], client: KubeClient): readonly OwnedField[] =>
  owned.filter(({ manager, path }) => manager !== client.connection.fieldManager && !CONTROLLERS.has(manager) && path.startsWith('spec.'));

function by(owned: readonly OwnedField[], path: string, client: KubeClient): string {
  const others = owned.filter(({ manager }) => manager !== client.connection.fieldManager && !CONTROLLERS.has(manager));
  const setter = others.find((field) => field.path === path || field.path.startsWith(`${path}.`) || path.startsWith(`${field.path}.`));
  return setter ? ` (set by ${setter.manager} at ${setter.time})` : '';
}

const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 200));

function replicaDrift(pods: readonly Pod[], { releaseId, manifest }: Release): readonly DriftFinding[] {
  const ours = pods.filter((pod) => releaseOf(pod) === releaseId && pod.metadata.deletionTimestamp === undefined);
  return Object.entries(fullScale(manifest)).flatMap(([process, wanted]) => {
    const here = ours.filter((pod) => processOf(pod) === process);
    const down = here
      .filter((pod) => !isReady(pod))
      .map((pod): DriftFinding => ({
        kind: 'missing',
        what: pod.metadata.name!,
        detail: `is not ready${reasonOf(pod) === null ? '' : ` (${reasonOf(pod)})`}, ${restartsOf(pod)} restarts`,
      }));
    if (here.length < wanted) down.push({ kind: 'missing', what: process, detail: `${here.length} of ${wanted} replicas are there` });
    return down;
  });
}

/** A previous version that is kept for a while is no drift. */
function extras(deployments: readonly Deployment[], record: SlotRecord, { releaseId }: ChangeInput): readonly DriftFinding[] {
  return deployments
    .filter((deployment) => releaseOf(deployment) !== releaseId && (deployment.spec.replicas ?? 0) > 0)
    .filter((deployment) => !record.releases.some((entry) => entry.releaseId === releaseOf(deployment) && entry.removeAt !== null))
    .map((deployment) => ({
      kind: 'extra',
      what: `Deployment ${deployment.metadata.name}`,
      detail: `runs ${deployment.spec.replicas} replicas of release ${releaseOf(deployment)} beside the release that should run alone`,
    }));
}
