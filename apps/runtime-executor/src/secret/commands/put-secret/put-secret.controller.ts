import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { RpcRequest, SecretView } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { PutSecret } from './put-secret.handler';

@Controller()
export class PutSecretController {
  constructor(private readonly bus: CommandBus) {}

  @Rpc('runtime-executor', 'put-secret')
  async run(@RpcBody() body: RpcRequest<'runtime-executor', 'put-secret'>, @Caller() caller: CallerContext): Promise<Answer<SecretView>> {
    return answer(await this.bus.execute(new PutSecret(body, caller)));
  }
}
