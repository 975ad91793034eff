import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { requirePermissions, type RpcRequest, type SecretPin } from '@slipway/contracts';
import { SecretStore } from '@slipway/secrets';
import type { CallerContext } from '@slipway/service-kit';
import { requireIn } from '../../../runtime-executor.access';

export class PinSecret extends Command<SecretPin> {
  constructor(
    readonly request: RpcRequest<'runtime-executor', 'pin-secret'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

/** Fixes a named secret to its latest version for a draft. Errors: `forbidden`, `unknown_resource`. */
@CommandHandler(PinSecret)
export class PinSecretHandler implements ICommandHandler<PinSecret> {
  constructor(private readonly secrets: SecretStore) {}

  async execute({ request, caller }: PinSecret): Promise<SecretPin> {
    const scope = { projectId: request.project_id, environmentId: request.environment_id };
    requirePermissions(caller.principal, 'deploy:release:apply');
    requireIn(caller.principal, scope, 'environment', request.environment_id);
    return this.secrets.pin(scope, request.name);
  }
}
