import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { requirePermissions, type RpcRequest, type SecretView } from '@slipway/contracts';
import { SecretStore } from '@slipway/secrets';
import { Redaction, type CallerContext } from '@slipway/service-kit';
import { EnvironmentDirectory } from '../../../environment/environment.directory';

export class PutSecret extends Command<SecretView> {
  constructor(
    readonly request: RpcRequest<'runtime-executor', 'put-secret'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

/** Stores a secret's next version. Errors: `forbidden`, `unknown_resource`, `invalid_request`, `stale_version`. */
@CommandHandler(PutSecret)
export class PutSecretHandler implements ICommandHandler<PutSecret> {
  constructor(
    private readonly secrets: SecretStore,
    private readonly environments: EnvironmentDirectory,
    private readonly redaction: Redaction,
  ) {}

  async execute({ request, caller }: PutSecret): Promise<SecretView> {
    requirePermissions(caller.principal, 'deploy:release:apply');
    this.redaction.add(request.value);
    const place = await this.environments.find(request.environment, caller);
    const { actorId } = caller.principal;
    const head = await this.secrets.put(place, request.name, request.value, { actorId, now: caller.commandContext().now });
    return { ...head, environment_id: place.environmentId };
  }
}
