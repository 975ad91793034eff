import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { AdmittedTarget, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { AdmitTarget } from './admit-target.handler';

@Controller()
export class AdmitTargetController {
  constructor(private readonly bus: CommandBus) {}

  @Rpc('runtime-executor', 'admit-target')
  async run(
    @RpcBody() body: RpcRequest<'runtime-executor', 'admit-target'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<AdmittedTarget>> {
    return answer(await this.bus.execute(new AdmitTarget(body, caller)));
  }
}
