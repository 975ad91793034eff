import { setTimeout as pause } from 'node:timers/promises';
import type { V1EndpointSubset } from '@kubernetes/client-node';
import { KINDS } from '../api/kinds';
import type { KubeObject } from '../api/kube-object';
import { servingProcess } from '@slipway/runtime-target';
import { routeServiceName } from '../render/gateway';
import type { Release } from '../render/instantiate';
import { isReady, processOf, releaseOf } from '../slot/pods';
import type { SlotRecord } from '../slot/slot-record';
import type { Change } from './change';

type Endpoints = KubeObject & { subsets?: V1EndpointSubset[] };

type Slot = Pick<Change, 'client' | 'reader' | 'writer' | 'context'>;

const LOOK_EVERY_MS = 50;
const PATIENCE_MS = 10_000;

/**
 * Moves the traffic; what served before may go afterwards. Behind a Gateway each release has a Service of its own, which must lead to
 * its replicas before the route leads there; else the one Service leads there by and by.
 */
export async function moveTraffic(change: Slot, release: Release, routes: SlotRecord['routes'], current?: string): Promise<SlotRecord> {
  const releaseIds = routes.map(({ releaseId }) => releaseId);
  if (release.manifest.gateway) await awaitEndpoints(change, release, releaseIds);
  const record = await change.writer.route(release, routes, current);
  if (!release.manifest.gateway) await awaitEndpoints(change, release, releaseIds);
  return record;
}

/**
 * Waits until the Service has every ready replica of these releases behind it, and no other when they alone are to have the traffic.
 * Until then nothing that served before may go. Gives up after ten seconds; true when it came about.
 */
export async function awaitEndpoints(change: Slot, release: Release, releaseIds: readonly string[]): Promise<boolean> {
  const process = servingProcess(release.manifest);
  if (process === undefined) return true;
  const names = release.manifest.gateway
    ? releaseIds.map((releaseId) => routeServiceName({ releaseId, manifest: release.manifest }))
    : [release.manifest.service_name];
  for (const giveUpAt = performance.now() + PATIENCE_MS; performance.now() < giveUpAt;) {
    const [endpoints, pods] = await Promise.all([
      Promise.all(names.map((name) => change.client.get<Endpoints>(KINDS.Endpoints, name))),
      change.reader.pods(),
    ]);
    const serving = pods.filter((pod) => processOf(pod) === process);
    const wanted = serving.filter((pod) => isReady(pod) && releaseIds.includes(releaseOf(pod))).map(({ metadata }) => metadata.name!);
    const foreign = new Set(serving.filter((pod) => !releaseIds.includes(releaseOf(pod))).map(({ metadata }) => metadata.name!));
    const behind = new Set(
      endpoints
        .flatMap((one) => one?.subsets ?? [])
        .flatMap(({ addresses }) => (addresses ?? []).map(({ targetRef }) => targetRef?.name ?? '')),
    );
    if (wanted.length > 0 && wanted.every((name) => behind.has(name)) && ![...behind].some((name) => foreign.has(name))) return true;
    await pause(LOOK_EVERY_MS, undefined, { signal: change.context.signal });
  }
  change.context.log(`${names.join(', ')} does not show all ready replicas yet`);
  return false;
}
