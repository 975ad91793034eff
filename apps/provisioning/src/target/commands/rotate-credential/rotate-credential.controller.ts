import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { RpcRequest, TargetView } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { RotateCredential } from './rotate-credential.command';

@Controller()
export class RotateCredentialController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('provisioning', 'rotate-credential')
  async update(
    @RpcBody() body: RpcRequest<'provisioning', 'rotate-credential'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<TargetView>> {
    const { view, position } = await this.commands.execute(new RotateCredential(body, caller));
    return answer(view, position);
  }
}
