import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { ArtifactView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { RegisterArtifactCommand } from './register-artifact.command';

@Controller()
export class RegisterArtifactController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('release', 'register-artifact')
  async register(
    @RpcBody() body: RpcRequest<'release', 'register-artifact'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<ArtifactView>> {
    const { view, position } = await this.commands.execute(new RegisterArtifactCommand(body, caller));
    return answer(view, position);
  }
}
