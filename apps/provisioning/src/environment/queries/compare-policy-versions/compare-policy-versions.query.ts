import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { policyChanges, unknownResource, type PolicyComparison, type RpcRequest } from '@slipway/contracts';
import { ReadModels } from '@slipway/projections-typeorm';
import type { CallerContext } from '@slipway/service-kit';
import { Repository } from 'typeorm';
import { requireReader } from '../../../provisioning.access';
import { EnvironmentReferences } from '../../environment.references';
import { policyOf, PolicyVersionRow } from '../../projections/policy-versions/policy-version.row';

export class ComparePolicyVersions extends Query<PolicyComparison> {
  constructor(
    readonly request: RpcRequest<'provisioning', 'compare-policy-versions'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

/** What differs between two versions of a policy, neighbours or not, in either direction. */
@QueryHandler(ComparePolicyVersions)
export class ComparePolicyVersionsHandler implements IQueryHandler<ComparePolicyVersions> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly references: EnvironmentReferences,
    @InjectRepository(PolicyVersionRow) private readonly rows: Repository<PolicyVersionRow>,
  ) {}

  /** @throws SlipwayError `unknown_resource` for an environment, or a version, that is not there */
  async execute({ request, caller }: ComparePolicyVersions): Promise<PolicyComparison> {
    requireReader(caller.principal);
    const { id } = await this.references.resolve(request, caller);
    await this.readModels.waitFor('policy-versions', caller.minPosition);
    const [from, to] = await Promise.all([this.version(id, request.from), this.version(id, request.to)]);
    return { environment_id: id, from: from.version, to: to.version, changes: policyChanges(policyOf(from), policyOf(to)) };
  }

  /** The newest unless one is named. */
  private async version(environmentId: string, version: number | undefined): Promise<PolicyVersionRow> {
    const where = { environmentId, ...(version === undefined ? {} : { version }) };
    const row = await this.rows.findOne({ where, order: { version: 'DESC' } });
    if (!row) throw unknownResource('policy', `version ${version ?? 1}`);
    return row;
  }
}
