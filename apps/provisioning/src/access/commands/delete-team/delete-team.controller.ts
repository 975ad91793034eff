import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { AccessChanged, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { DeleteTeam } from './delete-team.command';

@Controller()
export class DeleteTeamController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('provisioning', 'delete-team')
  async remove(
    @RpcBody() body: RpcRequest<'provisioning', 'delete-team'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<AccessChanged>> {
    const { view, position } = await this.commands.execute(new DeleteTeam(body, caller));
    return answer(view, position);
  }
}
