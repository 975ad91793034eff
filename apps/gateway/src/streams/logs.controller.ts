import { Controller, Inject, Req, Res } from '@nestjs/common';
import { SlipwayError, type LogEntry, type LogView } from '@slipway/contracts';
import { LOGGER, type Logger } from '@slipway/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GatewayCalls } from '../http/gateway-calls';
import { Handles } from '../routes/handles';
import type { RouteInput } from '../routes/route';
import { routeNamed } from '../routes/route-table';
import { lastEventId, wantsEvents } from './last-event-id';
import { LiveTail } from './live-tail';
import { LogReader } from './log-reader';
import { OpenStreams } from './open-streams';
import { releaseRuns } from './release-runs';
import { frame } from './tail-event';

const PAGE = 200;

/** Log lines of a release's executions: a page as JSON, or all and then live as server-sent events. */
@Controller()
export class LogsController {
  private readonly route = routeNamed('getReleaseLogs');
  constructor(
    private readonly calls: GatewayCalls,
    private readonly tail: LiveTail,
    private readonly logs: LogReader,
    private readonly streams: OpenStreams,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @Handles('getReleaseLogs')
  async getReleaseLogs(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const input = this.calls.input(this.route, request);
    if (wantsEvents(request)) return this.stream(input, request, reply);
    const { releaseId, runIds } = await this.runs(input, request);
    const limit = (input.query['limit'] as number | undefined) ?? PAGE;
    const { entries, next } = await this.logs.page(runIds, positionOf(input.query['cursor']), limit);
    const next_cursor = next === null ? null : String(next);
    await reply.send({ release_id: releaseId, entries, next_cursor } satisfies LogView);
  }

  /** @throws SlipwayError `unknown_resource` */
  private runs(input: RouteInput, request: FastifyRequest): ReturnType<typeof releaseRuns> {
    const project = input.query['project'] as string | undefined;
    const reference = { id: input.params['id']!, ...(project === undefined ? {} : { project }) };
    return releaseRuns(this.calls, reference, { principal: request.access!.principal, correlationId: request.id });
  }

  private async stream(input: RouteInput, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const after = lastEventId(request, input) ?? 0;
    const followed = new Set<string>();
    const started: string[] = [];
    let begin = (runId: string): void => void started.push(runId);
    let releaseId = input.params['id']!;
    const stop = await this.tail.listen(({ envelope }) => {
      if (envelope.action === 'execution.started' && envelope.detail['release_id'] === releaseId)
        begin(envelope.detail['run_id'] as string);
    });
    try {
      const found = await this.runs(input, request);
      releaseId = found.releaseId;
      started.unshift(...found.runIds);
      const connection = this.streams.open(request, reply);
      connection.closed.addEventListener('abort', stop, { once: true });
      const send = (entry: LogEntry): Promise<boolean> => connection.sendPatiently(frame(entry.position, 'log', JSON.stringify(entry)));
      begin = (runId) => {
        if (followed.has(runId)) return;
        followed.add(runId);
        this.logs.follow(runId, after, connection.closed, send).catch((error: unknown) => {
          this.logger.warn({ error, run_id: runId }, 'log stream interrupted');
          connection.end('resume');
        });
      };
      started.splice(0).forEach((runId) => begin(runId));
    } catch (error) {
      stop();
      throw error;
    }
  }
}

function positionOf(cursor: unknown): number {
  if (cursor === undefined) return 0;
  if (typeof cursor !== 'string' || !/^\d{1,15}$/.test(cursor))
    throw new SlipwayError('invalid_request', 'The cursor is not one of this list.');
  return Number(cursor);
}
