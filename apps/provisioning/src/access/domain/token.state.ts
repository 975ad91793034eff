import type { TokenEvent, TokenKind } from '@slipway/contracts';
import type { AggregateType } from '@slipway/event-sourcing';

export interface TokenFacts {
  readonly id: string;
  readonly actorId: string;
  readonly accountId: string | null;
  readonly kind: TokenKind;
  readonly createdBy: string;
  readonly expiresAt: string;
  readonly digest: string;
}
export type Token = { readonly phase: 'absent' } | (TokenFacts & { readonly phase: 'active' | 'revoked' });

const ignore = <S>(_event: never, state: S): S => state;

function evolve(token: Token, event: TokenEvent): Token {
  switch (event.action) {
    case 'token.created': {
      const { actor_id: actorId, account_id: accountId, kind, expires_at: expiresAt, secret_digest: digest } = event.detail;
      return { phase: 'active', id: event.resource_id, actorId, accountId, kind, createdBy: event.actor_id, expiresAt, digest };
    }
    case 'token.rotated':
      return token.phase === 'absent' ? token : { ...token, digest: event.detail.secret_digest };
    case 'token.revoked':
      return token.phase === 'absent' ? token : { ...token, phase: 'revoked' };
    default:
      return ignore(event, token);
  }
}

/** A credential: only the digest of its secret is known. */
export const TokenAggregate: AggregateType<Token, TokenEvent> = { type: 'token', initial: { phase: 'absent' }, evolve };
