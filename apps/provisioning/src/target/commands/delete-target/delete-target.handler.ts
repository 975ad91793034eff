import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { requireEnvironment, unknownResource, type TargetView } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import { requireProvisioner, type Changed } from '../../../provisioning.access';
import { deleteTarget } from '../../domain/target.decider';
import { TargetAggregate } from '../../domain/target.state';
import { targetView } from '../../domain/target.view';
import { TargetReferences } from '../../target.references';
import { DeleteTarget } from './delete-target.command';

@CommandHandler(DeleteTarget)
export class DeleteTargetHandler implements ICommandHandler<DeleteTarget> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly references: TargetReferences,
  ) {}

  async execute({ request, caller }: DeleteTarget): Promise<Changed<TargetView>> {
    const { principal } = caller;
    requireProvisioner(principal);
    const ref = await this.references.resolve(request, caller);
    const result = await this.runner.run(TargetAggregate, ref, caller.commandContext(), (state) => {
      if (state.phase !== 'absent') requireEnvironment(principal, state.environmentId, 'target', request.id);
      return deleteTarget(request.reason, state, request.id);
    });
    const { state } = result.aggregate;
    if (state.phase === 'absent') throw unknownResource('target', request.id);
    return { view: targetView(state), position: result.position };
  }
}
