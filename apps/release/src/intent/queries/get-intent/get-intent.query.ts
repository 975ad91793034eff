import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { NONE, requireEnvironment, type IntentView, type RpcRequest } from '@slipway/contracts';
import { ReadModels } from '@slipway/projections-typeorm';
import { type CallerContext } from '@slipway/service-kit';
import { Repository } from 'typeorm';
import { ResourceDirectory } from '../../../directory/resource.directory';
import { present, requireReader } from '../../../release.access';
import { IntentRow } from '../../projections/intent-list/intent-list.row';

export class GetIntentQuery extends Query<IntentView> {
  constructor(
    readonly request: RpcRequest<'release', 'get-intent'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

@QueryHandler(GetIntentQuery)
export class GetIntentHandler implements IQueryHandler<GetIntentQuery> {
  constructor(
    @InjectRepository(IntentRow) private readonly rows: Repository<IntentRow>,
    private readonly directory: ResourceDirectory,
    private readonly readModels: ReadModels,
  ) {}

  /** @throws SlipwayError `unknown_resource` */
  async execute({ request, caller }: GetIntentQuery): Promise<IntentView> {
    requireReader(caller.principal);
    await this.readModels.waitFor('intent-list', caller.minPosition);
    const { id, projectId } = await this.directory.locate('intent', request, caller);
    const row = present(await this.rows.findOneBy({ intentId: id, projectId }), 'intent', request.id);
    if (row.environmentId !== NONE) requireEnvironment(caller.principal, row.environmentId, 'intent', request.id);
    return row.view;
  }
}
