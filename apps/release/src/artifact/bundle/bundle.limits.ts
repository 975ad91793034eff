/** Bounds of an uploaded bundle, in bytes and counts; checked while reading, before anything is written. */
export interface BundleLimits {
  readonly maxPackedBytes: number;
  readonly maxUnpackedBytes: number;
  readonly maxEntries: number;
  readonly maxManifestBytes: number;
  readonly maxPathBytes: number;
}

export const DEFAULT_BUNDLE_LIMITS: BundleLimits = {
  maxPackedBytes: 256 * 1024 * 1024,
  maxUnpackedBytes: 1024 * 1024 * 1024,
  maxEntries: 20_000,
  maxManifestBytes: 256 * 1024,
  maxPathBytes: 1024,
};
