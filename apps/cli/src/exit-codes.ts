import { ApiError, GatewayUnreachable } from '@slipway/api-client';

/** Exit codes of `slipway`, for scripts; printed by `slipway --help`. */
export const EXIT = {
  ok: 0,
  /** The release did not end up applied, or the log does not verify. */
  failed: 1,
  /** Wrong arguments, or a request that the API calls malformed. */
  usage: 2,
  /** A rule, a permission or a missing resource stands in the way, or an approval is waited for. */
  refused: 3,
  /** The platform or something it needs does not answer; try again. */
  unavailable: 4,
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const EXIT_CODES_HELP = `Exit codes:
  0  done                      3  refused, or waiting for an approval
  1  the release failed        4  unavailable, try again
  2  wrong usage             130  interrupted`;

/** Wrong use of the command line; the message says what is right. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof UsageError) return EXIT.usage;
  if (error instanceof GatewayUnreachable) return EXIT.unavailable;
  if (!(error instanceof ApiError)) return EXIT.failed;
  if (error.status >= 500 || error.status === 429) return EXIT.unavailable;
  return error.status === 400 || error.status === 413 ? EXIT.usage : EXIT.refused;
}
