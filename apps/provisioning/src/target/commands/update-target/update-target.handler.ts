import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { requireEnvironment, type TargetView } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import { requireProvisioner, type Changed } from '../../../provisioning.access';
import { activeTarget, updateTarget } from '../../domain/target.decider';
import { TargetAggregate } from '../../domain/target.state';
import { targetView } from '../../domain/target.view';
import { TargetReferences } from '../../target.references';
import { UpdateTarget } from './update-target.command';

@CommandHandler(UpdateTarget)
export class UpdateTargetHandler implements ICommandHandler<UpdateTarget> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly references: TargetReferences,
  ) {}

  async execute({ request, caller }: UpdateTarget): Promise<Changed<TargetView>> {
    const { principal } = caller;
    requireProvisioner(principal);
    const ref = await this.references.resolve(request, caller);
    const result = await this.runner.run(TargetAggregate, ref, caller.commandContext(), (state) => {
      if (state.phase !== 'absent') requireEnvironment(principal, state.environmentId, 'target', request.id);
      return updateTarget(request.connection, state, request.id);
    });
    return { view: targetView(activeTarget(result.aggregate.state, request.id)), position: result.position };
  }
}
