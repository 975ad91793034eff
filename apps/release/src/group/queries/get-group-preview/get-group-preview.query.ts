import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { GroupPreviewView, RpcRequest } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import type { CallerContext } from '@slipway/service-kit';
import { ResourceDirectory } from '../../../directory/resource.directory';
import { requireReader } from '../../../release.access';
import { groupType } from '../../domain/group.state';
import { grouped, GroupMembers } from '../../group.members';
import { GroupPreviews } from '../../group.previews';

export class GetGroupPreviewQuery extends Query<GroupPreviewView> {
  constructor(
    readonly request: RpcRequest<'release', 'get-group-preview'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

/** From the log, not from rows: what is reviewed is what will be applied. */
@QueryHandler(GetGroupPreviewQuery)
export class GetGroupPreviewHandler implements IQueryHandler<GetGroupPreviewQuery> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly directory: ResourceDirectory,
    private readonly members: GroupMembers,
    private readonly previews: GroupPreviews,
  ) {}

  /** @throws SlipwayError `unknown_resource` */
  async execute({ request, caller }: GetGroupPreviewQuery): Promise<GroupPreviewView> {
    requireReader(caller.principal);
    const ref = await this.directory.locate('group', request, caller);
    const { state } = await this.runner.load(groupType, ref);
    const group = grouped(state, request.id, caller.principal, 'read');
    return this.previews.view(group, await this.members.releases(group));
  }
}
