import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { RpcRequest, SecretView } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { ListSecrets } from './list-secrets.query';

@Controller()
export class ListSecretsController {
  constructor(private readonly bus: QueryBus) {}

  @Rpc('runtime-executor', 'list-secrets')
  async run(
    @RpcBody() body: RpcRequest<'runtime-executor', 'list-secrets'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<{ items: SecretView[] }>> {
    return answer(await this.bus.execute(new ListSecrets(body, caller)));
  }
}
