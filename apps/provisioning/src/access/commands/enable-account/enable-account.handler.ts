import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { SlipwayError, type AccessChanged, type AggregateRef } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import type { Changed } from '../../../provisioning.access';
import { requireOwner } from '../../access.rules';
import { enableAccount, knownAccount } from '../../domain/account.decider';
import { AccountAggregate } from '../../domain/account.state';
import { EnableAccount } from './enable-account.command';

@CommandHandler(EnableAccount)
export class EnableAccountHandler implements ICommandHandler<EnableAccount> {
  constructor(private readonly runner: CommandRunner) {}

  async execute({ request, caller }: EnableAccount): Promise<Changed<AccessChanged>> {
    const { id, project_id: projectId, reason } = request;
    const ref: AggregateRef = { projectId, type: 'account', id };
    const { position } = await this.runner.run(AccountAggregate, ref, caller.commandContext(), (state) => {
      const account = knownAccount(state, id);
      requireOwner(caller.principal, account);
      if (account.actorId === caller.principal.actorId)
        throw new SlipwayError('forbidden', 'Nobody enables himself; ask another administrator.');
      return enableAccount(reason, state, id);
    });
    return { view: { id, project_id: projectId }, position };
  }
}
