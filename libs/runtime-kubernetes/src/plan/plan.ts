import type { Check, ResolvedStrategy } from '@slipway/contracts';
import {
  fullScale,
  imagesPinned,
  imagesPresent,
  planChecks,
  riskReasons,
  servingProcess,
  type PlanInput,
  type RuntimePlan,
} from '@slipway/runtime-target';
import type { KubeClient } from '../api/kube-client';
import { KINDS, resourceOf } from '../api/kinds';
import type { KubeObject, ResourcePath } from '../api/kube-object';
import { HTTP_ROUTE, httpRouteOf } from '../render/gateway';
import { deploymentsOf, documentsOf, servicesOf, type Release } from '../render/instantiate';
import { asKubernetesManifest, type KubernetesManifest } from '../render/manifest';
import { LABEL } from '../slot/names';
import { imagesOf } from '../documents/render-documents';
import { SlotReader } from '../slot/slot-reader';
import { canaryShare } from '../steps/canary-share';
import { plannedActions } from './actions';
import { routeChecks } from './route-check';
import { acceptedCheck, diffOf, predict, type Prediction } from './predictions';

/** Stands for the release that will be, in names that no live object has. */
const UNBORN = 'preview';

/** Asks the server for the outcome of every object (dry run), against what runs now; changes nothing. */
export async function planChange(client: KubeClient, input: PlanInput): Promise<RuntimePlan> {
  const { strategy, observation, manifestDigest, artifactDigest, slotId } = input;
  const after = asKubernetesManifest(input.manifest);
  const before = observation.manifest ? asKubernetesManifest(observation.manifest) : null;
  const release: Release = { releaseId: observation.releaseId ?? UNBORN, manifest: after, manifestDigest, artifactDigest };
  const present = imagesPresent(after.processes);
  const predictions = await predictAll(client, release, observation.releaseId);
  const pruned = before ? await prunedObjects(client, slotId, after, before) : [];
  const { entries, truncated } = diffOf(predictions);
  return {
    actions: plannedActions(after, before, strategy, { predictions, pruned }),
    diff: entries,
    diffTruncated: truncated,
    checks: [
      ...planChecks(after, strategy, observation),
      present,
      imagesPinned(imagesOf(after.resources)),
      ...(present.result === 'fail' ? [] : [acceptedCheck(predictions)]),
      ...ownershipChecks(predictions, slotId),
      ...(await routeChecks(client, after)),
      ...shareChecks(after, before, strategy),
    ],
    riskReasons: riskReasons(after, before, strategy),
  };
}

async function predictAll(client: KubeClient, release: Release, current: string | null): Promise<readonly Prediction[]> {
  const { manifest } = release;
  const deployments = deploymentsOf(release, fullScale(manifest)).map((object) => {
    const process = object.metadata.labels![LABEL.process]!;
    return { resource: KINDS.Deployment, object, name: `${manifest.service_name}-${process}` };
  });
  const services = servicesOf(release, current ?? UNBORN).map((object) => ({
    resource: KINDS.Service,
    object,
    name: object.metadata.name!,
  }));
  const documents = documentsOf(release).map((object) => ({ resource: resourceOf(object), object, name: object.metadata.name! }));
  const route = manifest.gateway
    ? [
        {
          resource: HTTP_ROUTE,
          object: httpRouteOf(release, [{ releaseId: release.releaseId, percent: 100 }]),
          name: manifest.service_name,
        },
      ]
    : [];
  const all: readonly { resource: ResourcePath; object: KubeObject; name: string }[] = [
    ...documents,
    ...services,
    ...route,
    ...deployments,
  ];
  return Promise.all(all.map(({ resource, object, name }) => predict(client, resource, object, name)));
}

/** What runs now and has no counterpart. Volumes outlive the processes that had them. */
async function prunedObjects(
  client: KubeClient,
  slotId: string,
  after: KubernetesManifest,
  before: KubernetesManifest,
): Promise<readonly string[]> {
  const processes = Object.keys(before.processes).filter((name) => !(name in after.processes));
  const wanted = new Set(after.resources.map(({ kind, metadata }) => `${kind} ${metadata.name}`));
  const objects = (await new SlotReader(client, slotId).prunable()).map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  return [...processes.map((name) => `Deployment ${before.service_name}-${name}`), ...objects.filter((name) => !wanted.has(name))];
}

/** An object of that name that is somebody else's is found before anything is written. */
function ownershipChecks(predictions: readonly Prediction[], slotId: string): readonly Check[] {
  const foreign = predictions.filter(({ live }) => live && live.metadata.labels?.[LABEL.slot] !== slotId);
  if (foreign.length === 0) return [];
  const said = foreign.map(({ kind, live }) => `${kind} ${live!.metadata.name}`).join(', ');
  return [{ name: 'names-are-free', result: 'fail', message: `Exists already and is not this service's: ${said}. Choose another namespace or name, or delete it first.` }]; // prettier-ignore
}

function shareChecks(after: KubernetesManifest, before: KubernetesManifest | null, strategy: ResolvedStrategy): readonly Check[] {
  if (strategy.type !== 'canary' || !before) return [];
  const full = fullScale(after)[servingProcess(after) ?? ''] ?? 1;
  const stable = fullScale(before)[servingProcess(before) ?? ''] ?? full;
  return strategy.steps.flatMap(({ percent }): Check[] => {
    const counts = canaryShare(percent, full, stable, after.gateway !== undefined);
    if (counts.real > percent)
      return [{ name: 'canary-share', result: 'warn', message: `${percent} % of the traffic would need too many replicas: the canary gets about ${counts.real} % (${counts.canary} beside ${counts.stable}).` }]; // prettier-ignore
    if (counts.stable > stable)
      return [{ name: 'canary-share', result: 'warn', message: `For a share of ${percent} % the old version grows from ${stable} to ${counts.stable} replicas while the step lasts.` }]; // prettier-ignore
    return [];
  });
}
