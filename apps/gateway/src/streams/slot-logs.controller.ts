import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { slotLogSubject, type RpcResponse, type SlotLogBatch } from '@slipway/contracts';
import { LOGGER, NATS, type Logger } from '@slipway/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GatewayCalls } from '../http/gateway-calls';
import { Handles } from '../routes/handles';
import { routeNamed } from '../routes/route-table';
import { wantsEvents } from './last-event-id';
import { OpenStreams } from './open-streams';
import type { SseConnection } from './sse-connection';

const BATCH_TIMEOUT_MS = 20_000;
type Session = RpcResponse<'runtime-executor', 'get-slot-log-session'>;

/** What the workloads of a slot write: the last lines as JSON, or all from there on as server-sent events. */
@Controller()
export class SlotLogsController {
  private readonly route = routeNamed('getSlotLogs');
  constructor(
    private readonly calls: GatewayCalls,
    private readonly streams: OpenStreams,
    @Inject(NATS) private readonly nats: NatsConnection,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @Handles('getSlotLogs')
  async getSlotLogs(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { params, query } = this.calls.input(this.route, request);
    const body = { ...query, id: params['id']! };
    const user = { principal: request.access!.principal, correlationId: request.id };
    if (!wantsEvents(request)) {
      await reply.send(await this.calls.ask('runtime-executor', 'get-slot-logs', body, user));
      return;
    }
    const { session } = (await this.calls.ask('runtime-executor', 'get-slot-log-session', body, user)) as Session;
    const connection = this.streams.open(request, reply);
    void this.follow(session, connection).catch((error: unknown) => {
      this.logger.warn({ error }, 'workload log stream interrupted');
      connection.end('resume');
    });
  }

  /** Takes lines as fast as the client does; the executor reads no faster. */
  private async follow(session: string, connection: SseConnection): Promise<void> {
    while (!connection.closed.aborted) {
      const message = await this.nats.request(slotLogSubject(session), undefined, { timeout: BATCH_TIMEOUT_MS });
      const { lines, ended } = message.json<SlotLogBatch>();
      for (const line of lines) {
        if (!(await connection.sendPatiently(Buffer.from(`event: line\ndata: ${JSON.stringify(line)}\n\n`)))) return;
      }
      if (ended) return connection.end('closing');
    }
  }
}
