import { Controller, Inject, Req, Res } from '@nestjs/common';
import { mayAccessProject, NONE, projectSubject, type EventEnvelope, type Principal } from '@slipway/contracts';
import type { EventStore } from '@slipway/event-sourcing';
import { EVENT_STORE } from '@slipway/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GatewayCalls } from '../http/gateway-calls';
import { Handles } from '../routes/handles';
import { routeNamed } from '../routes/route-table';
import { joinLive } from './join-live';
import { lastEventId } from './last-event-id';
import { LiveTail } from './live-tail';
import { OpenStreams } from './open-streams';
import type { SseConnection } from './sse-connection';
import { TailEvent } from './tail-event';

/** `/events`: every fact in the caller's scope as it happens. */
@Controller()
export class EventsController {
  private readonly route = routeNamed('streamEvents');
  constructor(
    private readonly calls: GatewayCalls,
    private readonly tail: LiveTail,
    private readonly streams: OpenStreams,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  @Handles('streamEvents')
  async streamEvents(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const input = this.calls.input(this.route, request);
    const after = lastEventId(request, input);
    const { principal } = request.access!;
    const { project, action } = input.query as { project?: string; action?: string };
    const wanted = (event: EventEnvelope): boolean =>
      (project === undefined || event.project_id === project) &&
      (action === undefined || event.action === action) &&
      isInScope(principal, event);
    await this.tail.requireReached(after);
    const connection = this.streams.open(request, reply);
    await joinLive(this.tail, connection, {
      after,
      replay: async (upTo) => after === undefined || after >= upTo || this.replay(connection, project, wanted, after, upTo),
      bytesOf: (event) => (wanted(event.envelope) ? event.auditFrame : undefined),
    });
  }

  private async replay(
    connection: SseConnection,
    project: string | undefined,
    wanted: (event: EventEnvelope) => boolean,
    after: number,
    upTo: number,
  ): Promise<boolean> {
    const subjects = project === undefined ? [] : [projectSubject(project)];
    for await (const batch of this.store.subscribe({ after, subjects, signal: connection.closed })) {
      for (const recorded of batch.events) {
        if (recorded.position > upTo) return true;
        if (wanted(recorded.event) && !(await connection.sendPatiently(new TailEvent(recorded).auditFrame))) return false;
      }
      if (batch.position >= upTo) return true;
    }
    return false;
  }
}

/** Events of no project are for those whose scope is the whole platform. */
export const isInScope = (principal: Principal, event: EventEnvelope): boolean =>
  mayAccessProject(principal, event.project_id) &&
  (event.environment_id === NONE || principal.environments.includes('*') || principal.environments.includes(event.environment_id));
