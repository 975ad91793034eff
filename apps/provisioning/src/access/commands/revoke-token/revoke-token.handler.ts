import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { AccessChanged, AggregateRef } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import type { Changed } from '../../../provisioning.access';
import { requireTokenOwner } from '../../access.rules';
import { TokenAccounts } from '../../token-accounts';
import { knownToken, revokeToken } from '../../domain/token.decider';
import { TokenAggregate } from '../../domain/token.state';
import { RevokeToken } from './revoke-token.command';

@CommandHandler(RevokeToken)
export class RevokeTokenHandler implements ICommandHandler<RevokeToken> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly accounts: TokenAccounts,
  ) {}

  async execute({ request, caller }: RevokeToken): Promise<Changed<AccessChanged>> {
    const { id, project_id: projectId, reason } = request;
    const ref: AggregateRef = { projectId, type: 'token', id };
    const context = caller.commandContext();
    const { position } = await this.runner.run(TokenAggregate, ref, context, async (state) => {
      const token = knownToken(state, id);
      requireTokenOwner(caller.principal, token, await this.accounts.of(token, projectId));
      return revokeToken(reason, state, id);
    });
    return { view: { id, project_id: projectId }, position };
  }
}
