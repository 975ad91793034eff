import {
  sameJson,
  SlipwayError,
  storedGrants,
  unknownResource,
  type AccountParent,
  type NewAccountEvent,
  type SeePerson,
} from '@slipway/contracts';
import type { Account, KnownAccount } from './account.state';

export interface NewAccount {
  readonly actorId: string;
  readonly kind: 'service' | 'agent';
  readonly name: string;
  readonly title: string;
  readonly parent: AccountParent | null;
}

/** @throws SlipwayError `already_exists` */
export function createAccount(account: NewAccount, state: Account): NewAccountEvent[] {
  if (state.phase !== 'absent') {
    throw new SlipwayError('already_exists', `There is an account '${account.name}' already; choose another name, or use it.`, {
      account_id: state.id,
    });
  }
  const { actorId, kind, name, title, parent } = account;
  return [{ action: 'account.created', status: 'active', detail: { actor_id: actorId, kind, name, title, parent } }];
}

/** Nothing happens where nothing about the person is new. A disabled person stays disabled. */
export function seePerson(person: SeePerson, state: Account): NewAccountEvent[] {
  const { issuer, name, groups, claims } = person;
  const seen = { issuer, name, groups: [...new Set(groups)].sort(), claims: storedGrants(claims) };
  if (state.phase !== 'absent' && sameJson(state.seen, seen)) return [];
  const status = state.phase === 'disabled' ? 'disabled' : 'active';
  return [{ action: 'account.seen', status, detail: { actor_id: person.actor_id, ...seen } }];
}

/** @throws SlipwayError `unknown_resource` */
export function disableAccount(reason: string | undefined, state: Account, ref: string): NewAccountEvent[] {
  if (knownAccount(state, ref).phase === 'disabled') return [];
  return [{ action: 'account.disabled', status: 'disabled', detail: { reason: reason ?? '' } }];
}

/** @throws SlipwayError `unknown_resource` */
export function enableAccount(reason: string | undefined, state: Account, ref: string): NewAccountEvent[] {
  if (knownAccount(state, ref).phase === 'active') return [];
  return [{ action: 'account.enabled', status: 'active', detail: { reason: reason ?? '' } }];
}

/** @throws SlipwayError `unknown_resource` */
export function knownAccount(state: Account, ref: string): KnownAccount {
  if (state.phase === 'absent') throw unknownResource('account', ref);
  return state;
}
