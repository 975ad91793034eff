import { fullScale, servingProcess } from '@slipway/runtime-target';
import type { KubernetesManifest } from '../render/manifest';

/** How many batches replace all replicas of the largest process. */
export const batchesOf = ({ processes }: KubernetesManifest, batchSize: number): number =>
  Math.ceil(Math.max(1, ...Object.values(processes).map(({ replicas }) => replicas)) / batchSize);

/** Percent of the traffic for the new version when it follows the serving replicas of either side. */
export const shareOf = (ours: number, theirs: number): number => (theirs === 0 ? 100 : Math.round((100 * ours) / (ours + theirs)));

/** That share after each batch of a rolling update. */
export function rollingShares(after: KubernetesManifest, before: KubernetesManifest, batchSize: number): readonly number[] {
  const [ours, theirs] = [after, before].map((manifest) => fullScale(manifest)[servingProcess(manifest) ?? ''] ?? 0) as [number, number];
  const batches = batchesOf(after, batchSize);
  return Array.from({ length: batches }, (_, index) => {
    const upTo = (index + 1) * batchSize;
    return index + 1 === batches ? 100 : shareOf(Math.min(ours, upTo), Math.max(0, theirs - upTo));
  });
}
