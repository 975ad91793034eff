import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { RpcRequest, RpcResponse } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { ForgetCredentials } from './forget-credentials.handler';

@Controller()
export class ForgetCredentialsController {
  constructor(private readonly bus: CommandBus) {}

  @Rpc('runtime-executor', 'forget-credentials')
  async run(
    @RpcBody() body: RpcRequest<'runtime-executor', 'forget-credentials'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<RpcResponse<'runtime-executor', 'forget-credentials'>>> {
    return answer(await this.bus.execute(new ForgetCredentials(body, caller)));
  }
}
