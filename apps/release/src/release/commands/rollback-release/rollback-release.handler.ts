import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { NewReleaseEvent, ReleaseView } from '@slipway/contracts';
import { CommandRunner, type CommandContext } from '@slipway/event-sourcing';
import { ResourceDirectory } from '../../../directory/resource.directory';
import type { Changed } from '../../../release.access';
import { CurrentBasisReader } from '../../basis/current.basis';
import { decide } from '../../domain/release.decider';
import { releaseType, type DraftedRelease } from '../../domain/release.state';
import { releaseView } from '../../projections/release-list/release-list.view';
import { released } from '../released';
import { RollbackReleaseCommand } from './rollback-release.command';

/** To what the slot's own log says ran before; says what lies between. */
@CommandHandler(RollbackReleaseCommand)
export class RollbackReleaseHandler implements ICommandHandler<RollbackReleaseCommand> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly directory: ResourceDirectory,
    private readonly basis: CurrentBasisReader,
  ) {}

  async execute({ request, caller }: RollbackReleaseCommand): Promise<Changed<ReleaseView>> {
    const ref = await this.directory.locate('release', request, caller);
    const context = caller.commandContext();
    const { aggregate, position } = await this.runner.run(releaseType, ref, context, (release) =>
      this.rollBack(released(release, request.id, caller.principal, 'rollback'), request.reason ?? null, context),
    );
    return { view: releaseView(released(aggregate.state, request.id, caller.principal, 'rollback').facts), position };
  }

  private async rollBack(release: DraftedRelease, reason: string | null, context: CommandContext): Promise<NewReleaseEvent[]> {
    const { now, commandId, principal } = context;
    const { current, warnings } = await this.basis.ofRollback(release);
    const { actorId, actorType } = principal;
    return decide({ type: 'RollbackRelease', now, commandId, actorId, actorType, reason, current, warnings }, release);
  }
}
