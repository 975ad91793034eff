import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { RpcRequest, SecretView } from '@slipway/contracts';
import { SecretStore } from '@slipway/secrets';
import type { CallerContext } from '@slipway/service-kit';
import { EnvironmentDirectory } from '../../../environment/environment.directory';
import { requireReader } from '../../../runtime-executor.access';

export class ListSecrets extends Query<{ items: SecretView[] }> {
  constructor(
    readonly request: RpcRequest<'runtime-executor', 'list-secrets'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

/** Names, versions and fingerprints of an environment's secrets; never their values. */
@QueryHandler(ListSecrets)
export class ListSecretsHandler implements IQueryHandler<ListSecrets> {
  constructor(
    private readonly secrets: SecretStore,
    private readonly environments: EnvironmentDirectory,
  ) {}

  async execute({ request, caller }: ListSecrets): Promise<{ items: SecretView[] }> {
    requireReader(caller.principal);
    const place = await this.environments.find(request.environment, caller);
    const heads = await this.secrets.list(place);
    return { items: heads.map((head) => ({ ...head, environment_id: place.environmentId })) };
  }
}
