import type { KubeObject } from '../api/kube-object';
import { ANNOTATION, LABEL, MANAGED_BY, recordName } from './names';

export interface ReleaseEntry {
  readonly releaseId: string;
  readonly manifestDigest: string;
  readonly artifactDigest: string;
  /** When a version that is kept as a way back goes; null: it stays. RFC 3339. */
  readonly removeAt: string | null;
}

/** What a slot is meant to be, kept in a ConfigMap beside it. The newest fence seen rules every write. */
export interface SlotRecord {
  readonly fence: number;
  /** The fence that every object of the slot carries at least; below `fence`: a claim was cut off while it sealed them. */
  readonly sealed: number;
  /** The release that owns the slot. */
  readonly current: string | null;
  readonly releases: readonly ReleaseEntry[];
  readonly routes: readonly { readonly releaseId: string; readonly percent: number }[];
}

export const EMPTY_RECORD: SlotRecord = { fence: 0, sealed: 0, current: null, releases: [], routes: [] };

export type RecordObject = KubeObject & { data?: Record<string, string> };

/** What stands in the ConfigMap; somebody who emptied it by hand has emptied the slot's memory, not its fence. */
export function recordOf(object: RecordObject | null): SlotRecord {
  if (!object) return EMPTY_RECORD;
  const fence = Number(object.metadata.annotations?.[ANNOTATION.fence] ?? 0);
  try {
    const read = JSON.parse(object.data?.['record'] ?? '{}') as Partial<SlotRecord>;
    return { ...EMPTY_RECORD, ...read, fence: Math.max(fence, read.fence ?? 0) };
  } catch {
    return { ...EMPTY_RECORD, fence };
  }
}

export function recordObject(slotId: string, record: SlotRecord, resourceVersion?: string): RecordObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: recordName(slotId),
      labels: { [LABEL.managedBy]: MANAGED_BY, [LABEL.slot]: slotId, 'slipway.dev/kind': 'slot-record' },
      annotations: { [ANNOTATION.fence]: String(record.fence) },
      ...(resourceVersion !== undefined && { resourceVersion }),
    },
    data: { record: JSON.stringify(record) },
  };
}
