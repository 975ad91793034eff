import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { NONE, type IntentView, type ListIntents, type Page } from '@slipway/contracts';
import { keysetPage, ReadModels } from '@slipway/projections-typeorm';
import { type CallerContext } from '@slipway/service-kit';
import { Repository } from 'typeorm';
import { withinProjects } from '../../../directory/project.scope';
import { requireReader } from '../../../release.access';
import { IntentRow } from '../../projections/intent-list/intent-list.row';

export class ListIntentsQuery extends Query<Page<IntentView>> {
  constructor(
    readonly request: ListIntents,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

@QueryHandler(ListIntentsQuery)
export class ListIntentsHandler implements IQueryHandler<ListIntentsQuery> {
  constructor(
    @InjectRepository(IntentRow) private readonly rows: Repository<IntentRow>,
    private readonly readModels: ReadModels,
  ) {}

  /** The latest first, within the caller's projects and environments. */
  async execute({ request, caller }: ListIntentsQuery): Promise<Page<IntentView>> {
    requireReader(caller.principal);
    await this.readModels.waitFor('intent-list', caller.minPosition);
    const { environments } = caller.principal;
    const query = withinProjects(this.rows.createQueryBuilder('intent'), caller.principal, request.project);
    if (!environments.includes('*')) query.andWhere('intent.environmentId IN (:...mine)', { mine: [NONE, ...environments] });
    if (request.conversation) query.andWhere('intent.conversationId = :conversation', { conversation: request.conversation });
    if (request.status) query.andWhere('intent.status = :status', { status: request.status });
    return keysetPage(query, { ...request, key: ['position'], direction: 'DESC' }, ({ view }) => view);
  }
}
