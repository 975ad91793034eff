import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { AccessChanged, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { RevokeToken } from './revoke-token.command';

@Controller()
export class RevokeTokenController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('provisioning', 'revoke-token')
  async revoke(
    @RpcBody() body: RpcRequest<'provisioning', 'revoke-token'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<AccessChanged>> {
    const { view, position } = await this.commands.execute(new RevokeToken(body, caller));
    return answer(view, position);
  }
}
