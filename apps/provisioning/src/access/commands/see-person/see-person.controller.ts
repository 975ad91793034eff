import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { AccessChanged, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { SeePerson } from './see-person.command';

@Controller()
export class SeePersonController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('provisioning', 'see-person')
  async see(@RpcBody() body: RpcRequest<'provisioning', 'see-person'>, @Caller() caller: CallerContext): Promise<Answer<AccessChanged>> {
    const { view, position } = await this.commands.execute(new SeePerson(body, caller));
    return answer(view, position);
  }
}
