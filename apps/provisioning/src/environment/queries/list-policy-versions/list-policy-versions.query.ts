import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import type { Page, PolicyVersion, RpcRequest } from '@slipway/contracts';
import { keysetPage, ReadModels } from '@slipway/projections-typeorm';
import type { CallerContext } from '@slipway/service-kit';
import { Repository } from 'typeorm';
import { requireReader } from '../../../provisioning.access';
import { EnvironmentReferences } from '../../environment.references';
import { policyVersion, PolicyVersionRow } from '../../projections/policy-versions/policy-version.row';

export class ListPolicyVersions extends Query<Page<PolicyVersion>> {
  constructor(
    readonly request: RpcRequest<'provisioning', 'list-policy-versions'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

/** Who changed what of an environment's policy when, newest first. An environment that is not there has none. */
@QueryHandler(ListPolicyVersions)
export class ListPolicyVersionsHandler implements IQueryHandler<ListPolicyVersions> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly references: EnvironmentReferences,
    @InjectRepository(PolicyVersionRow) private readonly rows: Repository<PolicyVersionRow>,
  ) {}

  /** @throws SlipwayError `unknown_resource`, `invalid_reference` */
  async execute({ request, caller }: ListPolicyVersions): Promise<Page<PolicyVersion>> {
    requireReader(caller.principal);
    const { id } = await this.references.resolve(request, caller);
    await this.readModels.waitFor('policy-versions', caller.minPosition);
    const query = this.rows.createQueryBuilder('version').where('version.environmentId = :id', { id });
    const { limit, cursor } = request;
    return keysetPage(query, { key: ['version'], direction: 'DESC', limit, cursor }, policyVersion);
  }
}
