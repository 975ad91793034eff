import { SlipwayError } from '@slipway/contracts';
import type { FastifyRequest } from 'fastify';
import type { RouteInput } from '../routes/route';

/**
 * Where a stream resumes: header `Last-Event-ID`, or `last_event_id` of the query for clients that cannot set headers.
 * @throws SlipwayError `invalid_request`
 */
export function lastEventId(request: FastifyRequest, input: RouteInput): number | undefined {
  const header = request.headers['last-event-id'];
  if (header === undefined || header === '') return input.query['last_event_id'] as number | undefined;
  if (typeof header !== 'string' || !/^\d{1,15}$/.test(header)) {
    throw new SlipwayError('invalid_request', 'Last-Event-ID must be the id of an event of this stream.');
  }
  return Number(header);
}

export const wantsEvents = (request: FastifyRequest): boolean => /\btext\/event-stream\b/.test(request.headers.accept ?? '');
