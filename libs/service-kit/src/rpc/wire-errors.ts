import { isSlipwayError, SlipwayError, type WireError } from '@slipway/contracts';

/** Codes by which PostgreSQL and its driver say "not reachable", as opposed to "wrong": classes 08, 53, 57 of its error table. */
const UNREACHABLE = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|08...|53...|57P0.)$/;
const UNREACHABLE_TEXT =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after calling end|the database system is (starting up|shutting down)/i;

function* causes(error: unknown): Iterable<Error> {
  let current = error;
  for (let depth = 0; depth < 5 && current instanceof Error; depth++) {
    yield current;
    current = 'driverError' in current && current.driverError instanceof Error ? current.driverError : current.cause;
  }
}

const isUnreachable = (error: Error): boolean =>
  ('code' in error && typeof error.code === 'string' && UNREACHABLE.test(error.code)) ||
  (error instanceof AggregateError && error.errors.some((inner) => inner instanceof Error && isUnreachable(inner))) ||
  UNREACHABLE_TEXT.test(error.message);

/** Any error as a SlipwayError: a dependency that is away is `dependency_unavailable`, all else unexpected is `internal`. */
export function toSlipwayError(error: unknown): SlipwayError {
  if (isSlipwayError(error)) return error;
  for (const cause of causes(error)) {
    if (isUnreachable(cause)) {
      return new SlipwayError(
        'dependency_unavailable',
        'The database cannot be reached at the moment; try again shortly.',
        {},
        { cause: error },
      );
    }
  }
  return new SlipwayError('internal', 'Unexpected error', {}, { cause: error });
}

/** How an error leaves the process: an internal one without its text. */
export const toWireError = (error: SlipwayError): WireError => error.toWire();
