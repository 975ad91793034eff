import { SlipwayError } from '@slipway/contracts';
import type { Logger } from '@slipway/service-kit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Authenticator } from '../auth/authenticator';
import { MCP_PATH, type ProtectedResource } from '../mcp/protected-resource';
import type { Route } from '../routes/route';
import { routeAt } from '../routes/route-table';
import { HEADERS } from '../openapi/openapi-document';
import { MAX_BODY_BYTES } from './fastify-adapter';
import type { HttpMetrics } from './http-metrics';
import { UnderWay } from './under-way';

/** Sent with every answer: an API that nothing embeds, sniffs, caches or runs as a page. */
const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'strict-transport-security': 'max-age=31536000',
  'cache-control': 'no-store',
};

const JSON_ONLY = ['application/json'];

/**
 * What happens to every request before its body is read: limits first, then who sent it, and whether that one has too many under way;
 * and what is noted after its answer. MCP has a bound of its own.
 *
 * @param ofActor requests of one caller that may be under way at once
 */
export function registerRequestHooks(
  fastify: FastifyInstance,
  authenticator: Authenticator,
  resource: ProtectedResource,
  logger: Logger,
  metrics: HttpMetrics,
  ofActor: number,
): void {
  const underWay = new UnderWay({ ofActor, refusal: 'Too many of your requests are under way; wait until some have been answered.' });
  fastify.decorateRequest('access', null);
  fastify.decorateRequest('problemCode', null);
  fastify.decorateRequest('startedAt', 0);
  fastify.decorateRequest('leave', null);
  fastify.addHook('onRequest', async (request, reply) => {
    request.startedAt = performance.now();
    void reply.headers(SECURITY_HEADERS).header(HEADERS.requestId, request.id);
    const pattern = request.is404 ? '' : (request.routeOptions.url ?? '');
    const route = pattern === MCP_PATH ? {} : routeAt(request.method, pattern);
    if (!route) return;
    assertWithinLimits(request, route);
    if (pattern === MCP_PATH) resource.assertReachedAsItself(request);
    if (pattern === MCP_PATH) {
      request.access = await authenticator.byBearer(request);
      return;
    }
    request.access = await authenticator.authenticate(request);
    if (!request.access || reply.raw.destroyed) return;
    request.leave = underWay.begin(request.access.principal.actorId);
    reply.raw.once('close', request.leave);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    note(request, reply, logger, metrics);
    done();
  });
}

/** @throws SlipwayError `invalid_request`, `unsupported_media_type`, `request_too_large`: by headers alone. */
function assertWithinLimits(request: FastifyRequest, route: Pick<Route, 'consumes'>): void {
  if (request.url.length > 8_192) throw new SlipwayError('request_too_large', 'The address is longer than 8 KiB.');
  if (/%00/.test(request.url)) throw new SlipwayError('invalid_request', 'The address holds the character U+0000.');
  const length = Number(request.headers['content-length'] ?? 0);
  if (!route.consumes && length > MAX_BODY_BYTES) {
    throw new SlipwayError('request_too_large', `The body is larger than ${MAX_BODY_BYTES} bytes.`);
  }
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  const accepted = route.consumes ?? JSON_ONLY;
  const hasBody = length > 0 || request.headers['transfer-encoding'] !== undefined;
  if (type === undefined ? hasBody || route.consumes !== undefined : !accepted.includes(type)) {
    throw new SlipwayError('unsupported_media_type', `The content type must be ${accepted.join(' or ')}.`);
  }
}

function note(request: FastifyRequest, reply: FastifyReply, logger: Logger, metrics: HttpMetrics): void {
  const route = request.is404 ? 'unknown' : (request.routeOptions.url ?? 'unknown');
  const ms = performance.now() - request.startedAt;
  metrics.answered(request.method, route, reply.statusCode, ms / 1000);
  if (route.startsWith('/healthz') || route === '/metrics') return;
  const fields = {
    request_id: request.id,
    correlation_id: request.id,
    method: request.method,
    route,
    status: reply.statusCode,
    ms: Math.round(ms * 10) / 10,
    actor_id: request.access?.principal.actorId,
    client: request.ip,
    user_agent: request.headers['user-agent']?.slice(0, 200),
    ...(request.problemCode === null ? {} : { code: request.problemCode }),
  };
  if (reply.statusCode >= 500) logger.warn(fields, 'request answered');
  else logger.info(fields, 'request answered');
}
