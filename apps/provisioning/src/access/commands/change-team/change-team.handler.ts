import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { NONE, type AccessChanged } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import type { Changed } from '../../../provisioning.access';
import { teamRef } from '../../access.refs';
import { requireAdministrator } from '../../access.rules';
import { changeTeam } from '../../domain/team.decider';
import { TeamAggregate } from '../../domain/team.state';
import { ChangeTeam } from './change-team.command';

@CommandHandler(ChangeTeam)
export class ChangeTeamHandler implements ICommandHandler<ChangeTeam> {
  constructor(private readonly runner: CommandRunner) {}

  async execute({ request, caller }: ChangeTeam): Promise<Changed<AccessChanged>> {
    const { name } = request;
    requireAdministrator(caller.principal, NONE);
    const { position } = await this.runner.run(TeamAggregate, teamRef(name), caller.commandContext(), (state) =>
      changeTeam(name, request, state),
    );
    return { view: { id: name, project_id: NONE }, position };
  }
}
