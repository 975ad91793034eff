import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { AccessChanged, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { ChangeTeam } from './change-team.command';

@Controller()
export class ChangeTeamController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('provisioning', 'change-team')
  async change(
    @RpcBody() body: RpcRequest<'provisioning', 'change-team'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<AccessChanged>> {
    const { view, position } = await this.commands.execute(new ChangeTeam(body, caller));
    return answer(view, position);
  }
}
