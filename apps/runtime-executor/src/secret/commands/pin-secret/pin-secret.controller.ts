import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { RpcRequest, SecretPin } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { PinSecret } from './pin-secret.handler';

@Controller()
export class PinSecretController {
  constructor(private readonly bus: CommandBus) {}

  @Rpc('runtime-executor', 'pin-secret')
  async run(@RpcBody() body: RpcRequest<'runtime-executor', 'pin-secret'>, @Caller() caller: CallerContext): Promise<Answer<SecretPin>> {
    return answer(await this.bus.execute(new PinSecret(body, caller)));
  }
}
