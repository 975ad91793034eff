import { applyDecorators, Controller, Delete, Get, HttpCode, Inject, Post, Req, Res, SetMetadata } from '@nestjs/common';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { SlipwayError } from '@slipway/contracts';
import { LOGGER, type Logger } from '@slipway/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessWatch } from '../access/access-watch';
import { PublicGet } from '../routes/handles';
import { ToolBenches } from '../tools/tool-bench';
import { EndedSessions } from './ended-sessions';
import { MCP } from './mcp.metadata';
import { McpRequests } from './mcp-requests';
import { mcpServer } from './mcp-server';
import { McpSessions, type McpSession } from './mcp-session';
import { both, narrowed, requestedNarrowing } from './narrowing';
import { MCP_PATH, METADATA_PATH, ProtectedResource } from './protected-resource';

const Speaks = (method: (path: string) => MethodDecorator): MethodDecorator => applyDecorators(method(MCP_PATH), SetMetadata(MCP, true));

const MAX_MESSAGES = 10;
const SESSION_HEADER = 'mcp-session-id';

interface Message {
  readonly id?: string | number;
  readonly method?: string;
  readonly params?: { readonly requestId?: string | number };
}

/**
 * MCP over streamable HTTP. Requests carry all that is needed to answer them (token, session id), so that every replica can: a
 * server is made for each. There is no stream of the server's own (GET), so nothing needs to find its way back to a replica.
 */
@Controller()
export class McpController {
  constructor(
    private readonly sessions: McpSessions,
    private readonly ended: EndedSessions,
    private readonly resource: ProtectedResource,
    private readonly benches: ToolBenches,
    private readonly requests: McpRequests,
    private readonly watch: AccessWatch,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @PublicGet(METADATA_PATH)
  metadata(@Req() request: FastifyRequest): Record<string, unknown> {
    this.resource.assertReachedAsItself(request);
    return this.resource.metadata(request);
  }

  @PublicGet(METADATA_PATH + MCP_PATH)
  metadataOfMcp(@Req() request: FastifyRequest): Record<string, unknown> {
    this.resource.assertReachedAsItself(request);
    return this.resource.metadata(request);
  }

  @Speaks(Get)
  async noStream(@Res() reply: FastifyReply): Promise<void> {
    await reply.code(405).header('allow', 'POST, DELETE').send();
  }

  @Speaks(Delete)
  @HttpCode(204)
  end(@Req() request: FastifyRequest): void {
    this.ended.end(this.sessions.open(sessionIdOf(request), request.access!.principal.actorId));
  }

  @Speaks(Post)
  async post(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const messages = messagesOf(request.body);
    const { session, id } = this.sessionFor(messages, request);
    const { principal } = request.access!;
    const narrowing = both(session.narrowing, requestedNarrowing(request.query, request.headers));
    const user = narrowed(principal, narrowing);
    const abort = new AbortController();
    const ids = messages.flatMap((message) => (message.id === undefined || message.method === undefined ? [] : [message.id]));
    const { conversationId } = session;
    for (const message of messages) this.cancelled(conversationId, message);
    const done = this.requests.begin({ actorId: principal.actorId, conversationId, ids, abort });
    const expiry = setTimeout(() => abort.abort(), Math.min(Math.max(request.access!.expiresS * 1000 - Date.now(), 0), 2 ** 31 - 1));
    const stopWatching = this.watch.watch(request.access!, () => abort.abort());
    const server = mcpServer({
      benches: this.benches,
      user: { principal: user, source: 'mcp', correlationId: request.id, conversationId, signal: abort.signal },
      onCall: (tool, code) =>
        this.logger.info({ tool, code: code ?? undefined, actor_id: principal.actorId, conversation_id: conversationId }, 'tool called'),
    });
    try {
      await this.answer(server, id, request, reply, abort);
    } finally {
      clearTimeout(expiry);
      stopWatching();
      done();
      await server.close();
    }
  }

  private async answer(
    server: ReturnType<typeof mcpServer>,
    sessionId: string,
    request: FastifyRequest,
    reply: FastifyReply,
    abort: AbortController,
  ): Promise<void> {
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    await server.connect(transport);
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) reply.raw.setHeader(name, value);
    reply.raw.setHeader(SESSION_HEADER, sessionId);
    reply.raw.setHeader('x-accel-buffering', 'no');
    reply.raw.once('close', () => abort.abort());
    await transport.handleRequest(request.raw, reply.raw, request.body);
    if (!reply.raw.writableFinished && !reply.raw.destroyed) await new Promise((resolve) => reply.raw.once('close', resolve));
  }

  /** A new session for `initialize`, else the one that the request names. */
  private sessionFor(messages: readonly Message[], request: FastifyRequest): { session: McpSession; id: string } {
    const { principal } = request.access!;
    if (!messages.some(({ method }) => method === 'initialize')) {
      const id = sessionIdOf(request);
      return { id, session: this.sessions.open(id, principal.actorId) };
    }
    const narrowing = requestedNarrowing(request.query, request.headers);
    narrowed(principal, narrowing);
    return this.sessions.begin(principal.actorId, narrowing);
  }

  private cancelled(conversationId: string, { method, params }: Message): void {
    if (method === 'notifications/cancelled' && params?.requestId !== undefined) this.requests.cancel(conversationId, params.requestId);
  }
}

/** @throws SlipwayError `invalid_request` */
function sessionIdOf(request: FastifyRequest): string {
  const id = request.headers[SESSION_HEADER];
  if (typeof id === 'string' && id !== '') return id;
  throw new SlipwayError('invalid_request', 'The header Mcp-Session-Id is missing; initialize a session first.');
}

/** @throws SlipwayError `invalid_request` */
function messagesOf(body: unknown): Message[] {
  const messages: unknown[] = Array.isArray(body) ? body : [body];
  const usable = messages.length > 0 && messages.length <= MAX_MESSAGES && messages.every((one) => typeof one === 'object' && one !== null);
  if (!usable) throw new SlipwayError('invalid_request', `The body is a JSON-RPC message, or 1 to ${MAX_MESSAGES} of them.`);
  return messages;
}
