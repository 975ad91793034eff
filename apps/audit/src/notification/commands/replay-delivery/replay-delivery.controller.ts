import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Queued, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { ReplayDelivery } from './replay-delivery.command';

@Controller()
export class ReplayDeliveryController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('audit', 'replay-delivery')
  async replay(@RpcBody() body: RpcRequest<'audit', 'replay-delivery'>, @Caller() caller: CallerContext): Promise<Answer<Queued>> {
    const { view, position } = await this.commands.execute(new ReplayDelivery(body, caller));
    return answer(view, position);
  }
}
