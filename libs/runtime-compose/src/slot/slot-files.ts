import type { Route, Scale } from '@slipway/runtime-target';
import type { ComposeManifest } from '../manifest/compose-manifest';

/** `state.json` in the slot's directory at the host: who owns the slot, and since when figures are counted. */
export interface SlotState {
  readonly slot_id: string;
  readonly current: string | null;
  readonly routes: readonly Route[];
  readonly window: { readonly name: string; readonly since_ms: number } | null;
}

/** `releases/<key>/release.json`: a release that the slot knows. */
export interface ReleaseFile {
  readonly release_id: string;
  readonly artifact_digest: string;
  readonly manifest_digest: string;
  readonly manifest: ComposeManifest;
  readonly scale: Scale;
}

export const emptyState = (slotId: string): SlotState => ({ slot_id: slotId, current: null, routes: [], window: null });
