import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { SlipwayError, type AccessChanged, type AggregateRef } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import type { Changed } from '../../../provisioning.access';
import { requireOwner } from '../../access.rules';
import { disableAccount, knownAccount } from '../../domain/account.decider';
import { AccountAggregate } from '../../domain/account.state';
import { DisableAccount } from './disable-account.command';

/** Everything that the account has open ends, and none of its tokens works. */
@CommandHandler(DisableAccount)
export class DisableAccountHandler implements ICommandHandler<DisableAccount> {
  constructor(private readonly runner: CommandRunner) {}

  async execute({ request, caller }: DisableAccount): Promise<Changed<AccessChanged>> {
    const { id, project_id: projectId, reason } = request;
    const ref: AggregateRef = { projectId, type: 'account', id };
    const { position } = await this.runner.run(AccountAggregate, ref, caller.commandContext(), (state) => {
      const account = knownAccount(state, id);
      requireOwner(caller.principal, account);
      if (account.actorId === caller.principal.actorId)
        throw new SlipwayError('forbidden', 'Nobody disables himself; ask another administrator.');
      return disableAccount(reason, state, id);
    });
    return { view: { id, project_id: projectId }, position };
  }
}
