import { Controller, Req, Res } from '@nestjs/common';
import type { IssuedSubscription, NotificationSettings, RpcVerb } from '@slipway/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Sessions } from '../auth/sessions';
import { GatewayCalls } from '../http/gateway-calls';
import { Handles } from '../routes/handles';
import { routeNamed } from '../routes/route-table';

/** What begins to reach people by itself: what somebody may read is judged without a request later, so the person is kept first. */
@Controller()
export class NotificationsController {
  constructor(
    private readonly calls: GatewayCalls,
    private readonly sessions: Sessions,
  ) {}

  @Handles('createSubscription')
  async create(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<IssuedSubscription> {
    return (await this.run('createSubscription', 'create-subscription', request, reply)) as IssuedSubscription;
  }

  @Handles('changeContact')
  async contact(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<NotificationSettings> {
    return (await this.run('changeContact', 'change-contact', request, reply)) as NotificationSettings;
  }

  private async run(name: string, verb: RpcVerb<'audit'>, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const route = routeNamed(name);
    const { body } = this.calls.input(route, request);
    await this.sessions.see(request.access!.credential, request);
    const caller = await this.calls.callerOf(route, request, body);
    return (await this.calls.call('audit', verb, body, caller, request, reply)).value;
  }
}
