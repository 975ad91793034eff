import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { AccessChanged, AggregateRef } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import type { Changed } from '../../../provisioning.access';
import { requireRotatable, requireTokenOwner } from '../../access.rules';
import { TokenAccounts } from '../../token-accounts';
import { knownToken, rotateToken } from '../../domain/token.decider';
import { TokenAggregate } from '../../domain/token.state';
import { RotateToken } from './rotate-token.command';

@CommandHandler(RotateToken)
export class RotateTokenHandler implements ICommandHandler<RotateToken> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly accounts: TokenAccounts,
  ) {}

  async execute({ request, caller }: RotateToken): Promise<Changed<AccessChanged>> {
    const { id, project_id: projectId, secret_digest: digest, overlap_s: overlapS, credential } = request;
    const ref: AggregateRef = { projectId, type: 'token', id };
    const context = caller.commandContext();
    const { position } = await this.runner.run(TokenAggregate, ref, context, async (state) => {
      const token = knownToken(state, id);
      requireTokenOwner(caller.principal, token, await this.accounts.of(token, projectId));
      requireRotatable(caller.principal, credential, token);
      return rotateToken(digest, overlapS, context.now, state, id);
    });
    return { view: { id, project_id: projectId }, position };
  }
}
