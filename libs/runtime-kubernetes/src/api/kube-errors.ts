import { SlipwayError } from '@slipway/contracts';
import type { KubeList, KubeStatus } from './kube-object';

/** What the API server answered, when it was not what was asked for. */
export class KubeApiError extends Error {
  constructor(
    readonly status: number,
    readonly reason: string,
    message: string,
    readonly details: KubeStatus['details'],
  ) {
    super(message);
    this.name = 'KubeApiError';
  }
}

export const hasStatus = (error: unknown, ...statuses: readonly number[]): error is KubeApiError =>
  error instanceof KubeApiError && statuses.includes(error.status);

/** For a list: an older server does not have every kind, and who may not list one has never written it. */
export function noneWhereNotServed(error: unknown): KubeList {
  if (hasStatus(error, 403, 404)) return { metadata: {}, items: [] };
  throw error;
}

export function apiErrorOf(status: number, body: string): KubeApiError {
  const said = parseStatus(body);
  return new KubeApiError(status, said?.reason ?? '', (said?.message ?? body.slice(0, 500)) || `status ${status}`, said?.details);
}

function parseStatus(body: string): KubeStatus | undefined {
  try {
    const parsed = JSON.parse(body) as unknown;
    return typeof parsed === 'object' && parsed !== null ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** In the port's words: who is refused, and what cannot be reached. */
export function toSlipwayError(error: KubeApiError, what: string): SlipwayError {
  const details = { status: error.status, reason: error.reason };
  if (error.status === 401)
    return new SlipwayError('credential_refused', `The API server does not accept the credential: ${error.message}`, details, {
      cause: error,
    });
  if (error.status === 403)
    return new SlipwayError('credential_refused', `The credential may not do this: ${error.message}. Grant it, or test the target's connection for a list of all that is missing.`, details, { cause: error }); // prettier-ignore
  if (error.status === 429 || error.status >= 500)
    return new SlipwayError('dependency_unavailable', `The API server could not ${what}: ${error.message}`, details, { cause: error });
  return new SlipwayError('dependency_failed', `The API server refused to ${what}: ${error.message}`, details, { cause: error });
}
