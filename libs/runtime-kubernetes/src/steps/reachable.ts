import type { V1EndpointSubset } from '@kubernetes/client-node';
import { servingProcess } from '@slipway/runtime-target';
import { KINDS } from '../api/kinds';
import { LiveList } from '../api/live-list';
import { untilSeen } from '../api/until-seen';
import type { KubeObject } from '../api/kube-object';
import type { Release } from '../render/instantiate';
import { slotSelector } from '../slot/names';
import { isReady, processOf, releaseOf, standing, type Pod } from '../slot/pods';
import type { Change } from './change';

type Endpoints = KubeObject & { subsets?: V1EndpointSubset[] };

const PATIENCE_MS = 15_000;

/**
 * Waits, on watches, until these Services have every ready replica of the releases behind them, and no other: until then nothing that served
 * before may go. `release` itself must have one, if it is among them; another may be broken, which its successor mends. At most
 * fifteen seconds; null when it came about, else what is not so.
 */
export async function awaitEndpoints(
  { client, reader, context }: Pick<Change, 'client' | 'reader' | 'context'>,
  release: Release,
  services: readonly string[],
  releaseIds: readonly string[],
): Promise<string | null> {
  const process = servingProcess(release.manifest);
  if (process === undefined) return null;
  return untilSeen(context.signal, async (watching) => {
    const labelSelector = slotSelector(reader.slotId);
    const [pods, ...endpoints] = await Promise.all([
      LiveList.open<Pod>(client, KINDS.Pod, { labelSelector, ...watching() }),
      ...services.map((name) => LiveList.open<Endpoints>(client, KINDS.Endpoints, { name, ...watching() })),
    ]);
    const giveUpAt = performance.now() + PATIENCE_MS;
    return () => {
      const serving = standing(pods.items).filter((pod) => processOf(pod) === process);
      const addressed = endpoints.flatMap(({ items }) => items.flatMap(addresses));
      const lacking = lackOf(addressed, serving, releaseIds, release.releaseId);
      if (lacking === null || performance.now() <= giveUpAt) return lacking === null ? null : undefined;
      return `Service ${services.join(', ')} does not lead to the replicas after ${PATIENCE_MS / 1000} s: ${lacking}`;
    };
  });
}

const addresses = (endpoints: Endpoints): readonly string[] =>
  (endpoints.subsets ?? []).flatMap((subset) => (subset.addresses ?? []).map(({ targetRef }) => targetRef?.name ?? ''));

function lackOf(addressed: readonly string[], serving: readonly Pod[], releaseIds: readonly string[], own: string): string | null {
  const behind = new Set(addressed);
  const wanted = serving.filter((pod) => isReady(pod) && releaseIds.includes(releaseOf(pod)));
  if (releaseIds.includes(own) && !wanted.some((pod) => releaseOf(pod) === own)) return `no replica of ${own} is ready`;
  const missing = wanted.find(({ metadata }) => !behind.has(metadata.name!));
  if (missing) return `${missing.metadata.name} is ready and not behind it`;
  const foreign = serving.find((pod) => !releaseIds.includes(releaseOf(pod)) && behind.has(pod.metadata.name!));
  return foreign ? `${foreign.metadata.name} of release ${releaseOf(foreign)} is still behind it` : null;
}
