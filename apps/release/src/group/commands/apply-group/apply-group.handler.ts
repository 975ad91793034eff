import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isSlipwayError, type GroupView, type NewGroupEvent } from '@slipway/contracts';
import { CommandRunner, type CommandContext } from '@slipway/event-sourcing';
import type { CallerContext } from '@slipway/service-kit';
import { ResourceDirectory } from '../../../directory/resource.directory';
import type { Changed } from '../../../release.access';
import { CurrentBasisReader } from '../../../release/basis/current.basis';
import type { CurrentBasis } from '../../../release/domain/release.commands';
import { requireApplicable } from '../../../release/domain/release.decider';
import { notApplicable } from '../../../release/domain/release.errors';
import type { DraftedRelease } from '../../../release/domain/release.state';
import { applyGroup, isApplicable } from '../../domain/group.decider';
import { ofMember } from '../../domain/group.errors';
import type { GroupFacts } from '../../domain/group.facts';
import { groupType } from '../../domain/group.state';
import { grouped, GroupMembers } from '../../group.members';
import { ApplyGroupCommand } from './apply-group.command';

/** What was reviewed is what will run, of every member: one that could not be applied by itself keeps the whole group from it. */
@CommandHandler(ApplyGroupCommand)
export class ApplyGroupHandler implements ICommandHandler<ApplyGroupCommand> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly directory: ResourceDirectory,
    private readonly basis: CurrentBasisReader,
    private readonly members: GroupMembers,
  ) {}

  async execute(command: ApplyGroupCommand): Promise<Changed<GroupView>> {
    const { request, caller } = command;
    const ref = await this.directory.locate('group', request, caller);
    const context = caller.commandContext();
    const { aggregate, position } = await this.runner.run(groupType, ref, context, (group) =>
      this.apply(grouped(group, request.id, caller.principal, 'apply'), command, context),
    );
    return { view: await this.members.view(grouped(aggregate.state, request.id, caller.principal, 'apply')), position };
  }

  private async apply(group: GroupFacts, { request, caller }: ApplyGroupCommand, context: CommandContext): Promise<NewGroupEvent[]> {
    const { now, commandId } = context;
    if (!isApplicable(request.preview_ref, now, group)) return [];
    const releases = await this.members.releases(group);
    const [first] = await Promise.all(releases.map((release) => this.requireApplicable(release, caller, now)));
    const { actorId, actorType } = context.principal;
    const drafts = releases.map(({ subject, draft }) => ({ service_name: subject.service_name, preview: draft }));
    const inForce = { policy: first!.policy, policyVersion: first!.policyVersion };
    return applyGroup({ now, commandId, actorId, actorType, drafts, inForce }, group);
  }

  private async requireApplicable(release: DraftedRelease, caller: CallerContext, now: string): Promise<CurrentBasis> {
    try {
      if (release.phase !== 'previewed') throw notApplicable(release.releaseId, release.phase);
      const current = await this.basis.ofApply(release, caller);
      requireApplicable({ current, now }, release);
      return current;
    } catch (error) {
      throw isSlipwayError(error) ? ofMember(error, release.subject.service_name) : error;
    }
  }
}
