import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { unknownResource, type AccessChanged, type AggregateRef } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import type { Changed } from '../../../provisioning.access';
import { requireAdministrator } from '../../access.rules';
import { deleteBinding } from '../../domain/binding.decider';
import { BindingAggregate } from '../../domain/binding.state';
import { DeleteBinding } from './delete-binding.command';

@CommandHandler(DeleteBinding)
export class DeleteBindingHandler implements ICommandHandler<DeleteBinding> {
  constructor(private readonly runner: CommandRunner) {}

  async execute({ request, caller }: DeleteBinding): Promise<Changed<AccessChanged>> {
    const { id, project_id: projectId, reason } = request;
    const ref: AggregateRef = { projectId, type: 'binding', id };
    const { position } = await this.runner.run(BindingAggregate, ref, caller.commandContext(), (state) => {
      if (state.phase === 'absent') throw unknownResource('binding', id);
      requireAdministrator(caller.principal, state.scope.project_id, state.scope.environment_id);
      return deleteBinding(reason, state, id);
    });
    return { view: { id, project_id: projectId }, position };
  }
}
