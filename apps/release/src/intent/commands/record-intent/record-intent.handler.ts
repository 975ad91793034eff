import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { deriveId, type IntentView, type RecordIntent } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import type { CallerContext } from '@slipway/service-kit';
import { ResourceDirectory } from '../../../directory/resource.directory';
import { BasisReader } from '../../../release/basis/basis.reader';
import { requireReader, type Changed } from '../../../release.access';
import { recordIntent, type Outcome } from '../../domain/intent.decider';
import { intentType } from '../../domain/intent.state';
import { intentView } from '../../intent.view';
import { Proposals } from '../../proposals';
import { RecordIntentCommand } from './record-intent.command';

/** An intent's id derives from the command that asked. The same command again answers what was kept then. */
@CommandHandler(RecordIntentCommand)
export class RecordIntentHandler implements ICommandHandler<RecordIntentCommand> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly basis: BasisReader,
    private readonly proposals: Proposals,
    private readonly directory: ResourceDirectory,
  ) {}

  async execute({ request, caller }: RecordIntentCommand): Promise<Changed<IntentView>> {
    requireReader(caller.principal);
    const { project, asked } = request;
    const teamId = await this.basis.teamOf(project, caller.principal);
    const context = caller.commandContext();
    const ref = { projectId: project, type: 'intent', id: deriveId('intent', project, context.commandId) } as const;
    const { aggregate, position } = await this.runner.runNew(intentType, ref, context, async (intent) =>
      recordIntent(asked, await this.outcome(request, caller, context.now), teamId, intent),
    );
    this.directory.remember(ref);
    return { view: intentView(aggregate.state, ref.id), position };
  }

  private async outcome({ project, outcome }: RecordIntent, caller: CallerContext, now: string): Promise<Outcome> {
    if ('answer' in outcome) return outcome;
    if ('ask' in outcome) return { question: outcome.ask };
    const { act, release_id: releaseId } = outcome.propose;
    return this.proposals.complete({ act, project, releaseId }, caller, now);
  }
}
