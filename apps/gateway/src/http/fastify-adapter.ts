import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { SlipwayError } from '@slipway/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PROBLEM_TYPE, problemOf, toProblemError } from './problem';

/** Largest JSON body, in bytes; the platform's own messages must hold it too. */
export const MAX_BODY_BYTES = 512 * 1024;
const MAX_HEADER_BYTES = 16 * 1024;
const MAX_PARAMETER_LENGTH = 200;

const REQUEST_ID = /^[A-Za-z0-9._-]{1,100}$/;

/** The caller's X-Request-Id where it is one, else a new one. */
export function requestIdOf(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}

/**
 * Fastify with its limits: header size, body size, parameter length, time to send a request.
 * @param trustedProxies addresses and networks, separated by commas, whose word is taken for who the client is
 */
export const gatewayAdapter = (trustedProxies: string): FastifyAdapter =>
  new FastifyAdapter({
    logger: false,
    ...(trustedProxies === '' ? {} : { trustProxy: trustedProxies }),
    skipMiddie: true,
    exposeHeadRoutes: false,
    bodyLimit: MAX_BODY_BYTES,
    connectionTimeout: 60_000,
    requestTimeout: 600_000,
    keepAliveTimeout: 30_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    http: { maxHeaderSize: MAX_HEADER_BYTES, headersTimeout: 20_000 },
    routerOptions: { maxParamLength: MAX_PARAMETER_LENGTH, ignoreTrailingSlash: true },
    genReqId: (request: IncomingMessage) => requestIdOf(request),
    frameworkErrors: refuseEarly,
    clientErrorHandler: refuseMalformed,
  });

/** What the router refuses before any hook: a malformed address, an over-long parameter. */
function refuseEarly(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  const problem = problemOf(toProblemError(error), '/', request.id);
  void reply
    .code(problem.status)
    .header('content-type', PROBLEM_TYPE)
    .send(Buffer.from(JSON.stringify(problem)));
}

/** What is no HTTP request, or one whose headers are too large: Node gives only the socket. */
function refuseMalformed(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable || socket.destroyed) return;
  const [line, refusal] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? ['431 Request Header Fields Too Large', new SlipwayError('request_too_large', 'The headers are too large.')]
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? ['408 Request Timeout', new SlipwayError('invalid_request', 'The request did not arrive in time; send it again.')]
        : ['400 Bad Request', new SlipwayError('invalid_request', 'This is not an HTTP/1.1 request.')];
  const status = Number(line.slice(0, 3));
  const body = JSON.stringify({ ...problemOf(refusal, '/', randomUUID()), status });
  socket.end(
    `HTTP/1.1 ${line}\r\ncontent-type: ${PROBLEM_TYPE}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
