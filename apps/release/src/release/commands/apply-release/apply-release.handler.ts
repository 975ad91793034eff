import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { NewReleaseEvent, ReleaseView } from '@slipway/contracts';
import { CommandRunner, type CommandContext } from '@slipway/event-sourcing';
import { ResourceDirectory } from '../../../directory/resource.directory';
import type { Changed } from '../../../release.access';
import { CurrentBasisReader } from '../../basis/current.basis';
import { decide, isApplicable } from '../../domain/release.decider';
import { releaseType, type DraftedRelease } from '../../domain/release.state';
import { releaseView } from '../../projections/release-list/release-list.view';
import { released } from '../released';
import { ApplyReleaseCommand } from './apply-release.command';

/** What was reviewed is what will run: the quote must fit, and nothing the draft was made from may have moved. */
@CommandHandler(ApplyReleaseCommand)
export class ApplyReleaseHandler implements ICommandHandler<ApplyReleaseCommand> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly directory: ResourceDirectory,
    private readonly basis: CurrentBasisReader,
  ) {}

  async execute(command: ApplyReleaseCommand): Promise<Changed<ReleaseView>> {
    const { request, caller } = command;
    const ref = await this.directory.locate('release', request, caller);
    const context = caller.commandContext();
    const { aggregate, position } = await this.runner.run(releaseType, ref, context, (release) =>
      this.apply(released(release, request.id, caller.principal, 'apply'), command, context),
    );
    return { view: releaseView(released(aggregate.state, request.id, caller.principal, 'apply').facts), position };
  }

  private async apply(
    release: DraftedRelease,
    { request, caller }: ApplyReleaseCommand,
    context: CommandContext,
  ): Promise<NewReleaseEvent[]> {
    const { now, commandId, principal } = context;
    if (!isApplicable(request.preview_ref, now, release)) return [];
    const current = await this.basis.ofApply(release, caller);
    const { actorId, actorType } = principal;
    const apply = { type: 'ApplyRelease', now, commandId, actorId, actorType, previewRef: request.preview_ref, current } as const;
    return decide(apply, release);
  }
}
