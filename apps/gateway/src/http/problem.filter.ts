import { Catch, Inject, Injectable, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { LOGGER, type Logger } from '@slipway/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MCP_PATH, ProtectedResource } from '../mcp/protected-resource';
import { PROBLEM_TYPE, problemOf, toProblemError } from './problem';

/** Every error of every route, Fastify's own included, leaves as a problem document. */
@Injectable()
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly resource: ProtectedResource,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.send(thrown, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  send(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const error = toProblemError(thrown);
    if (error.category === 'internal') {
      this.logger.error({ request_id: request.id, route: request.routeOptions?.url, error: error.cause ?? error }, 'request failed');
    }
    if (reply.sent || reply.raw.headersSent) return;
    request.problemCode = error.code;
    const problem = problemOf(error, request.url.split('?')[0]!.slice(0, 500), request.id);
    if (error.category === 'unauthenticated') {
      const isMcp = request.routeOptions?.url === MCP_PATH;
      void reply.header('www-authenticate', isMcp ? this.resource.challenge(request) : 'Bearer');
    }
    const { retry_after_s: pauseS } = error.details;
    if (error.retryable) void reply.header('retry-after', typeof pauseS === 'number' ? String(pauseS) : '1');
    if (error.category === 'payload_too_large') void reply.header('connection', 'close');
    void reply
      .code(problem.status)
      .header('content-type', PROBLEM_TYPE)
      .send(Buffer.from(JSON.stringify(problem)));
  }
}
