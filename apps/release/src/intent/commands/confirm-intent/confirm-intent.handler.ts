import { CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { deriveId, type IntentView, type Proposal, type ReleaseView } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import type { CallerContext } from '@slipway/service-kit';
import { ResourceDirectory } from '../../../directory/resource.directory';
import { ApplyReleaseCommand } from '../../../release/commands/apply-release/apply-release.command';
import { CancelReleaseCommand } from '../../../release/commands/cancel-release/cancel-release.command';
import { RollbackReleaseCommand } from '../../../release/commands/rollback-release/rollback-release.command';
import { requireReader, type Changed } from '../../../release.access';
import { confirmable, confirmIntent } from '../../domain/intent.decider';
import { intentType } from '../../domain/intent.state';
import { intentView } from '../../intent.view';
import { Proposals } from '../../proposals';
import { ConfirmIntentCommand } from './confirm-intent.command';

/**
 * The act is asked for first, by the commands and under the guards of REST, as a command whose id derives from the intent; then
 * the intent says so. Whatever is lost in between, confirming again does the act once.
 */
@CommandHandler(ConfirmIntentCommand)
export class ConfirmIntentHandler implements ICommandHandler<ConfirmIntentCommand> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly directory: ResourceDirectory,
    private readonly proposals: Proposals,
    private readonly commands: CommandBus,
  ) {}

  async execute({ request, caller }: ConfirmIntentCommand): Promise<Changed<IntentView>> {
    requireReader(caller.principal);
    const ref = await this.directory.locate('intent', request, caller);
    const context = caller.commandContext();
    const confirmation = { by: caller.principal, previewRef: request.preview_ref, now: context.now };
    const { state } = await this.runner.load(intentType, ref);
    const proposal = confirmable(ref.id, confirmation, state);
    if (state.phase === 'proposed') await this.proposals.requireStillTrue(ref.id, ref.projectId, proposal, caller);
    const { view: release } = await this.act(ref.id, ref.projectId, proposal, caller);
    const { aggregate, position } = await this.runner.run(intentType, ref, context, (intent) =>
      confirmIntent(ref.id, confirmation, release.approval_ticket, intent),
    );
    return { view: intentView(aggregate.state, ref.id), position };
  }

  private act(intentId: string, project: string, proposal: Proposal, caller: CallerContext): Promise<Changed<ReleaseView>> {
    const acting = caller.under(deriveId('command', 'confirm-intent', intentId));
    const release = { id: proposal.release_id, project };
    switch (proposal.act) {
      case 'apply':
        return this.commands.execute(new ApplyReleaseCommand({ ...release, preview_ref: proposal.preview_ref }, acting));
      case 'roll_back':
        return this.commands.execute(new RollbackReleaseCommand(release, acting));
      case 'cancel':
        return this.commands.execute(new CancelReleaseCommand(release, acting));
    }
  }
}
