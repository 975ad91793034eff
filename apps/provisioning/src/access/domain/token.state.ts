import type { Grant, TokenEvent, TokenKind } from '@slipway/contracts';
import type { AggregateType } from '@slipway/event-sourcing';

export interface TokenFacts {
  readonly id: string;
  readonly actorId: string;
  readonly accountId: string | null;
  readonly kind: TokenKind;
  readonly name: string;
  /** What it may do at most, and what it gives beside role bindings. */
  readonly scope: readonly Grant[];
  readonly base: readonly Grant[];
  readonly createdBy: string;
  readonly expiresAt: string;
  readonly digest: string;
}
export type Token = { readonly phase: 'absent' } | (TokenFacts & { readonly phase: 'active' | 'revoked' });

const ignore = <S>(_event: never, state: S): S => state;

function evolve(token: Token, event: TokenEvent): Token {
  switch (event.action) {
    case 'token.created': {
      const {
        actor_id: actorId,
        account_id: accountId,
        kind,
        name,
        scope,
        base,
        expires_at: expiresAt,
        secret_digest: digest,
      } = event.detail;
      const { resource_id: id, actor_id: createdBy } = event;
      return { phase: 'active', id, actorId, accountId, kind, name, scope, base, createdBy, expiresAt, digest };
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
