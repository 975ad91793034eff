import {
  SlipwayError,
  storedGrants,
  unknownResource,
  type ActorType,
  type Grant,
  type NewTokenEvent,
  type TokenKind,
} from '@slipway/contracts';
import type { Token, TokenFacts } from './token.state';

export interface NewToken {
  readonly kind: TokenKind;
  readonly name: string;
  readonly actorId: string;
  readonly actorType: ActorType;
  readonly accountId: string | null;
  readonly scope: readonly Grant[];
  readonly base: readonly Grant[];
  readonly parentTokenId: string | null;
  /** A child may not live longer than this; null: the parent has no end. */
  readonly parentExpiresAt: string | null;
  readonly lifetimeS: number;
  readonly digest: string;
  readonly now: string;
}

/** Expires with its parent at the latest. @throws SlipwayError `already_exists`; `forbidden` where nothing is left to do with it. */
export function createToken(token: NewToken, state: Token): NewTokenEvent[] {
  if (state.phase !== 'absent') throw new SlipwayError('already_exists', 'This token exists already.', { token_id: state.id });
  if (token.scope.length === 0) {
    throw new SlipwayError('forbidden', 'A token cannot do more than you can, and of what you ask for you can do nothing.');
  }
  const expires = later(token.now, token.lifetimeS);
  const { parentExpiresAt } = token;
  const detail = {
    kind: token.kind,
    name: token.name,
    actor_id: token.actorId,
    actor_type: token.actorType,
    account_id: token.accountId,
    scope: storedGrants(token.scope),
    base: storedGrants(token.base),
    parent_token_id: token.parentTokenId,
    child_expires_at: parentExpiresAt,
    expires_at: parentExpiresAt !== null && parentExpiresAt < expires ? parentExpiresAt : expires,
    secret_digest: token.digest,
  };
  return [{ action: 'token.created', status: 'active', detail }];
}

/** A new secret; the old one works on for the overlap. The expiry stays. @throws SlipwayError `unknown_resource`, `resource_deleted` */
export function rotateToken(digest: string, overlapS: number, now: string, state: Token, ref: string): NewTokenEvent[] {
  const token = knownToken(state, ref);
  if (state.phase === 'revoked')
    throw new SlipwayError('resource_deleted', 'This token was revoked; create another one.', { token_id: ref });
  if (token.expiresAt <= now) throw new SlipwayError('resource_deleted', 'This token has expired; create another one.', { token_id: ref });
  const until = later(now, overlapS);
  const detail = { secret_digest: digest, previous_until: until < token.expiresAt ? until : token.expiresAt };
  return [{ action: 'token.rotated', status: 'active', detail }];
}

/** @throws SlipwayError `unknown_resource` */
export function revokeToken(reason: string | undefined, state: Token, ref: string): NewTokenEvent[] {
  knownToken(state, ref);
  return state.phase === 'revoked' ? [] : [{ action: 'token.revoked', status: 'revoked', detail: { reason: reason ?? '' } }];
}

/** @throws SlipwayError `unknown_resource` */
export function knownToken(state: Token, ref: string): TokenFacts {
  if (state.phase === 'absent') throw unknownResource('token', ref);
  return state;
}

const later = (now: string, seconds: number): string => new Date(Date.parse(now) + seconds * 1000).toISOString();
