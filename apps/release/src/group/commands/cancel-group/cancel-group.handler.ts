import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type GroupView } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import { ResourceDirectory } from '../../../directory/resource.directory';
import type { Changed } from '../../../release.access';
import { cancelGroup } from '../../domain/group.decider';
import { groupType } from '../../domain/group.state';
import { grouped, GroupMembers } from '../../group.members';
import { CancelGroupCommand } from './cancel-group.command';

@CommandHandler(CancelGroupCommand)
export class CancelGroupHandler implements ICommandHandler<CancelGroupCommand> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly directory: ResourceDirectory,
    private readonly members: GroupMembers,
  ) {}

  async execute({ request, caller }: CancelGroupCommand): Promise<Changed<GroupView>> {
    const ref = await this.directory.locate('group', request, caller);
    const { aggregate, position } = await this.runner.run(groupType, ref, caller.commandContext(), (group) =>
      cancelGroup(request.reason ?? null, grouped(group, request.id, caller.principal, 'apply')),
    );
    return { view: await this.members.view(grouped(aggregate.state, request.id, caller.principal, 'apply')), position };
  }
}
