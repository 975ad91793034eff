import type { HostError } from '../protocol';

const STATUS: Record<HostError['code'], number> = {
  invalid_request: 400,
  artifact_invalid: 400,
  unknown_resource: 404,
  stale_fence: 409,
  resource_in_use: 409,
  artifact_too_large: 413,
  unavailable: 503,
  internal: 500,
};

/** A refusal as the executor gets it. The host imports nothing of the platform: its memory is counted. */
export class HostFailure extends Error {
  readonly status: number;
  constructor(
    readonly code: HostError['code'],
    message: string,
  ) {
    super(message);
    this.name = 'HostFailure';
    this.status = STATUS[code];
  }
}
