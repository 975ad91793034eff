import { ServiceConfig } from '@slipway/service-kit';
import { Type } from 'class-transformer';
import { IsInt, Min } from 'class-validator';
import { DEFAULT_BUNDLE_LIMITS } from './artifact/bundle/bundle.limits';

const Bound = () => (target: object, key: string) => {
  Type(() => Number)(target, key);
  IsInt()(target, key);
  Min(1)(target, key);
};

/** What the release service reads from its environment on top of every service's keys: the bounds of an uploaded artifact. */
export class ReleaseConfig extends ServiceConfig {
  /** Bytes of an upload as it comes in; the gateway refuses larger ones already. */
  @Bound()
  SLIPWAY_ARTIFACT_MAX_PACKED_BYTES: number = DEFAULT_BUNDLE_LIMITS.maxPackedBytes;
  @Bound()
  SLIPWAY_ARTIFACT_MAX_UNPACKED_BYTES: number = DEFAULT_BUNDLE_LIMITS.maxUnpackedBytes;
  @Bound()
  SLIPWAY_ARTIFACT_MAX_ENTRIES: number = DEFAULT_BUNDLE_LIMITS.maxEntries;
}
