import { NONE, type AccountEvent, type AccountKind, type AccountParent, type Grant } from '@slipway/contracts';
import type { AggregateType } from '@slipway/event-sourcing';

export interface AccountFacts {
  readonly id: string;
  readonly projectId: string;
  readonly actorId: string;
  readonly kind: AccountKind;
  readonly parent: AccountParent | null;
  /** What the identity provider last said of a person. */
  readonly seen: {
    readonly issuer: string;
    readonly name: string;
    readonly groups: readonly string[];
    readonly claims: readonly Grant[];
  } | null;
}
export type KnownAccount = AccountFacts & { readonly phase: 'active' | 'disabled' };
export type Account = { readonly phase: 'absent' } | KnownAccount;

const ignore = <S>(_event: never, state: S): S => state;

function evolve(account: Account, event: AccountEvent): Account {
  switch (event.action) {
    case 'account.created': {
      const { actor_id: actorId, kind, parent } = event.detail;
      return { phase: 'active', id: event.resource_id, projectId: event.project_id, actorId, kind, parent, seen: null };
    }
    case 'account.seen': {
      const { actor_id: actorId, issuer, name, groups, claims } = event.detail;
      const seen = { issuer, name, groups, claims };
      if (account.phase !== 'absent') return { ...account, seen };
      return { phase: 'active', id: event.resource_id, projectId: NONE, actorId, kind: 'human', parent: null, seen };
    }
    case 'account.disabled':
      return account.phase === 'absent' ? account : { ...account, phase: 'disabled' };
    case 'account.enabled':
      return account.phase === 'absent' ? account : { ...account, phase: 'active' };
    default:
      return ignore(event, account);
  }
}

/** Whoever acts by credentials: a person, or a service or agent account. */
export const AccountAggregate: AggregateType<Account, AccountEvent> = { type: 'account', initial: { phase: 'absent' }, evolve };
