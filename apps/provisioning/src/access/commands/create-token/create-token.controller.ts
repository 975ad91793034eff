import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { AccessChanged, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { CreateToken } from './create-token.command';

@Controller()
export class CreateTokenController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('provisioning', 'create-token')
  async create(
    @RpcBody() body: RpcRequest<'provisioning', 'create-token'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<AccessChanged>> {
    const { view, position } = await this.commands.execute(new CreateToken(body, caller));
    return answer(view, position);
  }
}
