import { Controller, Inject, Req, Res } from '@nestjs/common';
import { SlipwayError, type EventEnvelope, type LogEntry, type LogView } from '@slipway/contracts';
import { LOGGER, type Logger } from '@slipway/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GatewayCalls } from '../http/gateway-calls';
import { Handles } from '../routes/handles';
import type { RouteInput } from '../routes/route';
import { routeNamed } from '../routes/route-table';
import { lastEventId, wantsEvents } from './last-event-id';
import { LiveTail } from './live-tail';
import { FollowedRuns, LogReader } from './log-reader';
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
  private runs(input: RouteInput, request: FastifyRequest, minPosition?: number): ReturnType<typeof releaseRuns> {
    const project = input.query['project'] as string | undefined;
    const reference = { id: input.params['id']!, ...(project === undefined ? {} : { project }) };
    const by = { principal: request.access!.principal, correlationId: request.id };
    return releaseRuns(this.calls, reference, minPosition === undefined ? by : { ...by, minPosition });
  }

  private async stream(input: RouteInput, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const after = lastEventId(request, input) ?? 0;
    const runs = new FollowedRuns();
    const early: EventEnvelope[] = [];
    let begin = (started: EventEnvelope): void => void early.push(started);
    const stop = await this.tail.listen(({ envelope }) => {
      if (envelope.action === 'execution.started') begin(envelope);
    });
    try {
      const { releaseId, runIds } = await this.runs(input, request, this.tail.position);
      for (const runId of runIds) runs.add(runId);
      begin = ({ detail }) => {
        if (detail['release_id'] === releaseId) runs.add(detail['run_id'] as string);
      };
      early.splice(0).forEach((started) => begin(started));
      const connection = this.streams.open(request, reply);
      if (connection.closed.aborted) return stop();
      connection.closed.addEventListener('abort', stop, { once: true });
      const send = (entry: LogEntry): Promise<boolean> => connection.sendPatiently(frame(entry.position, 'log', JSON.stringify(entry)));
      void this.logs.follow(runs, after, connection.closed, send).catch((error: unknown) => {
        this.logger.warn({ error }, 'log stream interrupted');
        connection.end('resume');
      });
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
