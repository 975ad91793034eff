import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { RpcRequest, SecretPin } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { SealSecret } from './seal-secret.handler';

@Controller()
export class SealSecretController {
  constructor(private readonly bus: CommandBus) {}

  @Rpc('runtime-executor', 'seal-secret')
  async run(@RpcBody() body: RpcRequest<'runtime-executor', 'seal-secret'>, @Caller() caller: CallerContext): Promise<Answer<SecretPin>> {
    return answer(await this.bus.execute(new SealSecret(body, caller)));
  }
}
