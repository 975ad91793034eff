import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { NONE, type AccessChanged } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import type { Changed } from '../../../provisioning.access';
import { roleRef } from '../../access.refs';
import { requireAdministrator, requireHeld } from '../../access.rules';
import { defineRole } from '../../domain/role.decider';
import { RoleAggregate } from '../../domain/role.state';
import { DefineRole } from './define-role.command';

@CommandHandler(DefineRole)
export class DefineRoleHandler implements ICommandHandler<DefineRole> {
  constructor(private readonly runner: CommandRunner) {}

  async execute({ request, caller }: DefineRole): Promise<Changed<AccessChanged>> {
    const { name, permissions } = request;
    requireAdministrator(caller.principal, NONE);
    requireHeld(caller.principal, { projectId: '*', environmentId: '*' }, permissions);
    const { position } = await this.runner.run(RoleAggregate, roleRef(name), caller.commandContext(), (state) =>
      defineRole(name, request, state),
    );
    return { view: { id: name, project_id: NONE }, position };
  }
}
