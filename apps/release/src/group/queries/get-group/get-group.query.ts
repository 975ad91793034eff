import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import type { GroupView, RpcRequest } from '@slipway/contracts';
import { ReadModels } from '@slipway/projections-typeorm';
import type { CallerContext } from '@slipway/service-kit';
import { Repository } from 'typeorm';
import { ResourceDirectory } from '../../../directory/resource.directory';
import { present, requireReader } from '../../../release.access';
import { grouped } from '../../group.members';
import { groupView } from '../../group.view';
import { GroupRow } from '../../projections/group-list/group-list.row';
import { MemberStatuses } from '../../projections/group-list/member-statuses';

export class GetGroupQuery extends Query<GroupView> {
  constructor(
    readonly request: RpcRequest<'release', 'get-group'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

@QueryHandler(GetGroupQuery)
export class GetGroupHandler implements IQueryHandler<GetGroupQuery> {
  constructor(
    @InjectRepository(GroupRow) private readonly rows: Repository<GroupRow>,
    private readonly directory: ResourceDirectory,
    private readonly readModels: ReadModels,
    private readonly statuses: MemberStatuses,
  ) {}

  /** @throws SlipwayError `unknown_resource` */
  async execute({ request, caller }: GetGroupQuery): Promise<GroupView> {
    requireReader(caller.principal);
    await this.readModels.waitFor('group-list', caller.minPosition);
    const { id, projectId } = await this.directory.locate('group', request, caller);
    const row = await this.rows.findOneBy({ groupId: id, projectId });
    const { facts } = present(row, 'group', request.id);
    return groupView(grouped(facts, request.id, caller.principal, 'read'), await this.statuses.of([facts]));
  }
}
