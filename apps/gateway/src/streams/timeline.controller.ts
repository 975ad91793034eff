import { Controller, Req, Res } from '@nestjs/common';
import { ReleaseMembership, type GroupTimelineView, type TimelineView } from '@slipway/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GatewayCalls } from '../http/gateway-calls';
import { Handles } from '../routes/handles';
import type { Route, RouteInput } from '../routes/route';
import { routeNamed } from '../routes/route-table';
import { isInScope } from './events.controller';
import { joinLive } from './join-live';
import { lastEventId, wantsEvents } from './last-event-id';
import { LiveTail } from './live-tail';
import { OpenStreams } from './open-streams';
import { readTimeline, type TimelineVerb } from './read-timeline';
import { frame } from './tail-event';

interface Timeline {
  readonly route: Route;
  readonly verb: TimelineVerb;
}
const OF_RELEASE: Timeline = { route: routeNamed('getReleaseTimeline'), verb: 'get-timeline' };
const OF_GROUP: Timeline = { route: routeNamed('getGroupTimeline'), verb: 'get-group-timeline' };

/** The timeline of a release, or of a release group: a page of it as JSON, or all of it and then live as server-sent events of the same entries. */
@Controller()
export class TimelineController {
  constructor(
    private readonly calls: GatewayCalls,
    private readonly tail: LiveTail,
    private readonly streams: OpenStreams,
  ) {}

  @Handles('getReleaseTimeline')
  async getReleaseTimeline(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(OF_RELEASE, request, reply);
  }

  @Handles('getGroupTimeline')
  async getGroupTimeline(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(OF_GROUP, request, reply);
  }

  private async answer({ route, verb }: Timeline, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const input = this.calls.input(route, request);
    if (wantsEvents(request)) return this.stream(verb, input, request, reply);
    const { last_event_id: _, ...query } = input.query;
    const caller = await this.calls.callerOf(route, request, {});
    const { value } = await this.calls.call('audit', verb, { ...query, ...input.params }, caller, request, reply);
    await reply.send(value);
  }

  private async stream(verb: TimelineVerb, input: RouteInput, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const after = lastEventId(request, input) ?? 0;
    await this.tail.requireReached(after);
    const { principal } = request.access!;
    const by = { principal, correlationId: request.id };
    const reference = { ...input.params, ...(input.query['project'] ? { project: input.query['project'] } : {}) };
    const known = (await this.calls.ask('audit', verb, { ...reference, limit: 1 }, by)) as TimelineView | GroupTimelineView;
    const membership = new ReleaseMembership('group_id' in known ? known.group_id : known.release_id);
    const connection = this.streams.open(request, reply);
    await joinLive(this.tail, connection, {
      after,
      replay: async (upTo) => {
        for await (const entry of readTimeline(this.calls, reference, { ...by, minPosition: upTo }, verb)) {
          membership.remember(entry);
          if (entry.position <= after || entry.position > upTo) continue;
          if (!(await connection.sendPatiently(frame(entry.position, entry.action, JSON.stringify(entry))))) return false;
        }
        return true;
      },
      bytesOf: (event) => (membership.includes(event.envelope) && isInScope(principal, event.envelope) ? event.timelineFrame : undefined),
    });
  }
}
