import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { NotificationSettings, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { GetNotificationSettings } from './get-notification-settings.query';

@Controller()
export class GetNotificationSettingsController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('audit', 'get-notification-settings')
  async get(
    @RpcBody() body: RpcRequest<'audit', 'get-notification-settings'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<NotificationSettings>> {
    return answer(await this.queries.execute(new GetNotificationSettings(body, caller)));
  }
}
