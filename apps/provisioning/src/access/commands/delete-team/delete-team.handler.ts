import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { NONE, type AccessChanged } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import type { Changed } from '../../../provisioning.access';
import { teamRef } from '../../access.refs';
import { requireAdministrator } from '../../access.rules';
import { deleteTeam } from '../../domain/team.decider';
import { TeamAggregate } from '../../domain/team.state';
import { DeleteTeam } from './delete-team.command';

@CommandHandler(DeleteTeam)
export class DeleteTeamHandler implements ICommandHandler<DeleteTeam> {
  constructor(private readonly runner: CommandRunner) {}

  async execute({ request, caller }: DeleteTeam): Promise<Changed<AccessChanged>> {
    const { name, reason } = request;
    requireAdministrator(caller.principal, NONE);
    const { position } = await this.runner.run(TeamAggregate, teamRef(name), caller.commandContext(), (state) =>
      deleteTeam(name, reason, state),
    );
    return { view: { id: name, project_id: NONE }, position };
  }
}
