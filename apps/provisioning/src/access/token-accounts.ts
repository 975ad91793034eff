import { Injectable } from '@nestjs/common';
import { CommandRunner } from '@slipway/event-sourcing';
import { knownAccount } from './domain/account.decider';
import { AccountAggregate, type KnownAccount } from './domain/account.state';
import type { TokenFacts } from './domain/token.state';

/** The account that a token belongs to; a person’s tokens belong to none. */
@Injectable()
export class TokenAccounts {
  constructor(private readonly runner: CommandRunner) {}

  async of({ accountId: id }: TokenFacts, projectId: string): Promise<KnownAccount | undefined> {
    if (id === null) return undefined;
    return knownAccount((await this.runner.load(AccountAggregate, { projectId, type: 'account', id })).state, id);
  }
}
