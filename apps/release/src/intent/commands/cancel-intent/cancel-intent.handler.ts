import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { requirePermissions, type IntentView } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import { ResourceDirectory } from '../../../directory/resource.directory';
import { PERMISSION } from '../../../release/commands/released';
import { requireReader, type Changed } from '../../../release.access';
import { cancelIntent } from '../../domain/intent.decider';
import { intentType } from '../../domain/intent.state';
import { intentView } from '../../intent.view';
import { CancelIntentCommand } from './cancel-intent.command';

/** By who asked, or by somebody who could have. */
@CommandHandler(CancelIntentCommand)
export class CancelIntentHandler implements ICommandHandler<CancelIntentCommand> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly directory: ResourceDirectory,
  ) {}

  async execute({ request, caller }: CancelIntentCommand): Promise<Changed<IntentView>> {
    requireReader(caller.principal);
    const ref = await this.directory.locate('intent', request, caller);
    const { aggregate, position } = await this.runner.run(intentType, ref, caller.commandContext(), (intent) => {
      if (intentView(intent, ref.id).asked_by !== caller.principal.actorId) requirePermissions(caller.principal, PERMISSION.apply);
      return cancelIntent(ref.id, request.reason ?? null, intent);
    });
    return { view: intentView(aggregate.state, ref.id), position };
  }
}
