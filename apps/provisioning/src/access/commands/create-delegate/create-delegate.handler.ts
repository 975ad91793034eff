import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { delegateActorId, NONE, type AccessChanged } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import type { Changed } from '../../../provisioning.access';
import { accountRef } from '../../access.refs';
import { requireNoAgent } from '../../access.rules';
import { createAccount } from '../../domain/account.decider';
import { AccountAggregate } from '../../domain/account.state';
import { CreateDelegate } from './create-delegate.command';

/** An account that acts on behalf of the caller: it may do what the caller may, and nothing else. */
@CommandHandler(CreateDelegate)
export class CreateDelegateHandler implements ICommandHandler<CreateDelegate> {
  constructor(private readonly runner: CommandRunner) {}

  async execute({ request, caller }: CreateDelegate): Promise<Changed<AccessChanged>> {
    const { name, kind, title = name, parent } = request;
    requireNoAgent(caller.principal);
    const owner = caller.principal.actorId;
    const ref = accountRef(NONE, 'delegate', owner, name);
    const account = { actorId: delegateActorId(owner, name), kind, name, title, parent: { ...parent, actor_id: owner } };
    const { position } = await this.runner.run(AccountAggregate, ref, caller.commandContext(), (state) => createAccount(account, state));
    return { view: { id: ref.id, project_id: NONE }, position };
  }
}
