import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { requirePermissions, type RpcRequest, type SecretPin } from '@slipway/contracts';
import { SecretStore } from '@slipway/secrets';
import type { CallerContext } from '@slipway/service-kit';
import { requireIn } from '../../../runtime-executor.access';

export class SealSecret extends Command<SecretPin> {
  constructor(
    readonly request: RpcRequest<'runtime-executor', 'seal-secret'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

/** Takes a secret value of a preview request in; what comes back names it. Errors: `forbidden`, `unknown_resource`. */
@CommandHandler(SealSecret)
export class SealSecretHandler implements ICommandHandler<SealSecret> {
  constructor(private readonly secrets: SecretStore) {}

  async execute({ request, caller }: SealSecret): Promise<SecretPin> {
    const scope = { projectId: request.project_id, environmentId: request.environment_id };
    requirePermissions(caller.principal, 'deploy:release:apply');
    requireIn(caller.principal, scope, 'environment', request.environment_id);
    return this.secrets.sealValue(scope, request.value);
  }
}
