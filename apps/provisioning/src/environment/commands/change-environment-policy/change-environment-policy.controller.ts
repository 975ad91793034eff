import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { EnvironmentView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { ChangeEnvironmentPolicy } from './change-environment-policy.command';

@Controller()
export class ChangeEnvironmentPolicyController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('provisioning', 'change-environment-policy')
  async change(
    @RpcBody() body: RpcRequest<'provisioning', 'change-environment-policy'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<EnvironmentView>> {
    const { view, position } = await this.commands.execute(new ChangeEnvironmentPolicy(body, caller));
    return answer(view, position);
  }
}
