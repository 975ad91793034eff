import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { IssuedSubscription, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { RotateWebhookSecret } from './rotate-webhook-secret.command';

@Controller()
export class RotateWebhookSecretController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('audit', 'rotate-webhook-secret')
  async rotate(
    @RpcBody() body: RpcRequest<'audit', 'rotate-webhook-secret'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<IssuedSubscription>> {
    const { view, position } = await this.commands.execute(new RotateWebhookSecret(body, caller));
    return answer(view, position);
  }
}
