import { CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  deriveId,
  isSlipwayError,
  type GroupPreviewView,
  type GroupSubject,
  type PreviewGroup,
  type PreviewView,
} from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import type { CallerContext } from '@slipway/service-kit';
import { ResourceDirectory } from '../../../directory/resource.directory';
import { requireDeveloper, type Changed } from '../../../release.access';
import { BasisReader } from '../../../release/basis/basis.reader';
import { PreviewReleaseCommand } from '../../../release/commands/preview-release/preview-release.command';
import { previewGroup, type PreviewedGroup } from '../../domain/group.decider';
import { groupDraft } from '../../domain/group.draft';
import { ofMember, sameSlotTwice } from '../../domain/group.errors';
import { groupType } from '../../domain/group.state';
import { grouped, GroupMembers } from '../../group.members';
import { GroupPreviews } from '../../group.previews';
import { PreviewGroupCommand } from './preview-group.command';

/**
 * Each member is previewed as any release is, under a command id of its own, and knows its group from then on; then the group is recorded
 * with their drafts. A member that cannot be previewed leaves no group, and drafts of the others that run out.
 */
@CommandHandler(PreviewGroupCommand)
export class PreviewGroupHandler implements ICommandHandler<PreviewGroupCommand> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly commands: CommandBus,
    private readonly basis: BasisReader,
    private readonly members: GroupMembers,
    private readonly previews: GroupPreviews,
    private readonly directory: ResourceDirectory,
  ) {}

  async execute({ request, caller }: PreviewGroupCommand): Promise<Changed<GroupPreviewView>> {
    requireDeveloper(caller.principal);
    const context = caller.commandContext();
    const id = deriveId('group', request.project, context.commandId);
    const ref = { projectId: request.project, type: 'group', id } as const;
    const { aggregate, position } = await this.runner.runNew(groupType, ref, context, async (group) =>
      previewGroup(await this.draft(id, request, caller), group),
    );
    this.directory.remember(ref);
    const group = grouped(aggregate.state, id, caller.principal, 'apply');
    return { view: await this.previews.view(group, await this.members.releases(group)), position };
  }

  private async draft(id: string, request: PreviewGroup, caller: CallerContext): Promise<PreviewedGroup> {
    const [teamId, previews] = await Promise.all([
      this.basis.teamOf(request.project, caller.principal),
      Promise.all(request.members.map((_, index) => this.previewMember(id, request, index, caller))),
    ]);
    const slots = new Set<string>();
    for (const { slot_id, service_name, target_name } of previews) {
      if (slots.has(slot_id)) throw sameSlotTwice(service_name, target_name);
      slots.add(slot_id);
    }
    return { subject: subjectOf(previews[0]!), teamId, ...groupDraft(id, previews) };
  }

  private async previewMember(groupId: string, request: PreviewGroup, index: number, caller: CallerContext): Promise<PreviewView> {
    const { project, environment, reason, members } = request;
    const member = members[index]!;
    const release = { ...member, project, environment, ...(reason === undefined ? {} : { reason }) };
    const acting = caller.under(deriveId('command', 'preview-group', caller.commandId, String(index)));
    try {
      const { view } = await this.commands.execute(new PreviewReleaseCommand(release, acting, groupId));
      return view;
    } catch (error) {
      throw isSlipwayError(error) ? ofMember(error, member.service) : error;
    }
  }
}

const subjectOf = ({ environment_id, environment_name, environment_type, reason }: PreviewView): GroupSubject => ({
  environment_id,
  environment_name,
  environment_type,
  reason,
});
