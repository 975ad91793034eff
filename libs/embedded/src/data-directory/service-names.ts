import type { ServiceName } from '@slipway/contracts';

/** The platform's processes, in the order in which they are stopped: whoever takes requests first. */
export const SERVICE_NAMES = [
  'gateway',
  'release',
  'approval-inbox',
  'provisioning',
  'runtime-executor',
  'audit',
] as const satisfies readonly ServiceName[];
