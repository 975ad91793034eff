import { sha256 } from '@slipway/contracts';

/** Labels and annotations that this runtime puts on what it owns. */
export const LABEL = {
  managedBy: 'app.kubernetes.io/managed-by',
  name: 'app.kubernetes.io/name',
  slot: 'slipway.dev/slot',
  release: 'slipway.dev/release',
  process: 'slipway.dev/process',
  project: 'slipway.dev/project',
  effect: 'slipway.dev/effect',
} as const;
export const ANNOTATION = {
  fence: 'slipway.dev/fence',
  manifest: 'slipway.dev/manifest-digest',
  artifact: 'slipway.dev/artifact-digest',
} as const;
export const MANAGED_BY = 'slipway';

const MAX_BASE = 42;

/** Eight hex digits that stand for a release in names. */
export const shortOf = (id: string): string => sha256(id).slice(7, 15);

/** A name with a suffix, cut so that pods and their hostnames stay within 63 characters; what is cut is told apart by a hash. */
export function suffixed(base: string, suffix: string): string {
  const kept = base.length <= MAX_BASE ? base : `${base.slice(0, MAX_BASE - 6).replace(/-+$/, '')}-${sha256(base).slice(7, 12)}`;
  return `${kept}-${suffix}`;
}

export const recordName = (slotId: string): string => `slipway-${slotId}`.slice(0, 253);
export const manifestName = (slotId: string, releaseId: string): string => `slipway-${slotId}-${shortOf(releaseId)}`;

export const slotSelector = (slotId: string): string => `${LABEL.slot}=${slotId}`;
export const releaseSelector = (slotId: string, releaseId: string): string => `${LABEL.slot}=${slotId},${LABEL.release}=${releaseId}`;
