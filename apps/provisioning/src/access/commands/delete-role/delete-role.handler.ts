import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { NONE, type AccessChanged } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import type { Changed } from '../../../provisioning.access';
import { roleRef } from '../../access.refs';
import { requireAdministrator } from '../../access.rules';
import { deleteRole } from '../../domain/role.decider';
import { RoleAggregate } from '../../domain/role.state';
import { DeleteRole } from './delete-role.command';

@CommandHandler(DeleteRole)
export class DeleteRoleHandler implements ICommandHandler<DeleteRole> {
  constructor(private readonly runner: CommandRunner) {}

  async execute({ request, caller }: DeleteRole): Promise<Changed<AccessChanged>> {
    const { name, reason } = request;
    requireAdministrator(caller.principal, NONE);
    const { position } = await this.runner.run(RoleAggregate, roleRef(name), caller.commandContext(), (state) =>
      deleteRole(name, reason, state),
    );
    return { view: { id: name, project_id: NONE }, position };
  }
}
