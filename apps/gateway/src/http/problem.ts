import { HttpException } from '@nestjs/common';
import { ERROR_CATEGORIES, SlipwayError, isSlipwayError, type ErrorCategory, type Problem } from '@slipway/contracts';

export const PROBLEM_TYPE = 'application/problem+json';

const TITLES: Record<ErrorCategory, string> = {
  invalid_input: 'The request is not valid',
  unauthenticated: 'Authentication is needed',
  forbidden: 'Not allowed',
  not_found: 'Not found',
  rule_violation: 'A rule stands against it',
  stale_version: 'It changed meanwhile',
  payload_too_large: 'Too large',
  unsupported_media_type: 'Content type not accepted',
  rate_limited: 'Too many requests',
  dependency_failed: 'Something the platform relies on failed',
  dependency_unavailable: 'Not available at the moment',
  outcome_unknown: 'The outcome is not known yet',
  internal: 'Internal error',
};

/** Any error as the RFC 9457 document that a caller gets. The text of an unforeseen one stays inside. */
export function problemOf(error: SlipwayError, instance: string, requestId: string): Problem {
  const { errors, ...details } = error.toWire().details ?? {};
  return {
    type: `urn:slipway:problem:${error.code}`,
    title: TITLES[error.category],
    status: ERROR_CATEGORIES[error.category].http,
    code: error.code,
    detail: error.toWire().message,
    instance,
    request_id: requestId,
    ...(Array.isArray(errors) ? { errors: errors as Problem['errors'] } : {}),
    ...(Object.keys(details).length > 0 && error.category !== 'internal' ? { details } : {}),
  };
}

/** Fastify's own refusals in our words; the rest is internal. */
export function toProblemError(error: unknown): SlipwayError {
  if (isSlipwayError(error)) return error;
  const { status, code, message } = shapeOf(error);
  if (status === 404) return new SlipwayError('unknown_route', 'There is no such route; GET /api/v1/openapi.json lists them.');
  if (status === 413) return new SlipwayError('request_too_large', 'The request is too large.');
  if (status === 414 || status === 431) return new SlipwayError('request_too_large', 'The address or the headers are too long.');
  if (status === 415)
    return new SlipwayError('unsupported_media_type', 'The request’s content type is not accepted here; use application/json.');
  if (status === 408) return new SlipwayError('invalid_request', 'The request did not arrive in time; send it again.');
  if (code === 'FST_ERR_CTP_INVALID_CONTENT_LENGTH')
    return new SlipwayError('invalid_request', 'The body is not as long as Content-Length says.');
  if (status !== undefined && status >= 400 && status < 500)
    return new SlipwayError('invalid_request', `The request is malformed: ${message}`);
  return new SlipwayError('internal', 'unexpected error', {}, { cause: error });
}

function shapeOf(error: unknown): { status: number | undefined; code: string | undefined; message: string } {
  if (!(error instanceof Error)) return { status: undefined, code: undefined, message: '' };
  const status: unknown = error instanceof HttpException ? error.getStatus() : statusMember(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return { status: typeof status === 'number' ? status : undefined, code, message: error.message.slice(0, 200) };
}

const statusMember = (error: Error): unknown => ('statusCode' in error ? error.statusCode : undefined);
