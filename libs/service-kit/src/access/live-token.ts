import { SlipwayError } from '@slipway/contracts';
import type { DirectoryState } from './directory.state';
import type { KnownToken } from './known-tokens';

/** A child ends with its parent, however it ended. @throws SlipwayError `unauthenticated`, `token_expired`, `token_revoked` */
export function liveToken(state: DirectoryState, tokenId: string): KnownToken {
  const token = state.tokens.get(tokenId);
  if (!token) throw new SlipwayError('unauthenticated', 'The token is not valid here.');
  if (token.revokedAt !== null) throw new SlipwayError('token_revoked', 'The token was revoked; get a new one.');
  if (Date.parse(token.detail.expires_at) <= Date.now()) throw tokenExpired();
  if (token.detail.parent_token_id !== null) liveToken(state, token.detail.parent_token_id);
  return token;
}

export const tokenExpired = (): SlipwayError => new SlipwayError('token_expired', 'The token has expired; get a new one.');

export function isLiveToken(state: DirectoryState, tokenId: string): boolean {
  try {
    return liveToken(state, tokenId) !== undefined;
  } catch {
    return false;
  }
}
