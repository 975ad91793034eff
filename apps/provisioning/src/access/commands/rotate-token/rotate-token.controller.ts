import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { AccessChanged, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { RotateToken } from './rotate-token.command';

@Controller()
export class RotateTokenController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('provisioning', 'rotate-token')
  async rotate(
    @RpcBody() body: RpcRequest<'provisioning', 'rotate-token'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<AccessChanged>> {
    const { view, position } = await this.commands.execute(new RotateToken(body, caller));
    return answer(view, position);
  }
}
