import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { NONE, SlipwayError, type AccessChanged } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import type { Changed } from '../../../provisioning.access';
import { accountRef } from '../../access.refs';
import { seePerson } from '../../domain/account.decider';
import { AccountAggregate } from '../../domain/account.state';
import { SeePerson } from './see-person.command';

/** Keeps what the identity provider says of a person: groups count for the person’s tokens until the next sign-in. */
@CommandHandler(SeePerson)
export class SeePersonHandler implements ICommandHandler<SeePerson> {
  constructor(private readonly runner: CommandRunner) {}

  async execute({ request, caller }: SeePerson): Promise<Changed<AccessChanged>> {
    if (request.actor_id !== caller.principal.actorId) throw new SlipwayError('forbidden', 'Everybody signs in for himself.');
    const ref = accountRef(NONE, 'person', request.actor_id);
    const { position } = await this.runner.run(AccountAggregate, ref, caller.commandContext(), (state) => seePerson(request, state));
    return { view: { id: ref.id, project_id: NONE }, position };
  }
}
