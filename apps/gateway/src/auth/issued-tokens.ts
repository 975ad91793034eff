import { Inject, Injectable } from '@nestjs/common';
import { decodeJwt } from 'jose';
import type { IssuedIdentity } from '../access/credential';
import { OidcTokens } from './oidc/oidc-tokens';
import { invalidToken, TokenVerifier } from './token-verifier';

/** JWTs of the issuers that the gateway was told of; what a token says of its issuer only chooses among them. */
@Injectable()
export class IssuedTokens {
  constructor(
    private readonly embedded: TokenVerifier,
    @Inject(OidcTokens) private readonly oidc: OidcTokens | null,
  ) {}

  /** @throws SlipwayError `unauthenticated`, `token_expired` */
  async verify(token: string): Promise<IssuedIdentity> {
    const issuer = issuerOf(token);
    if (issuer === this.embedded.issuer) return this.embedded.verify(token);
    if (this.oidc && issuer === this.oidc.issuer) return this.oidc.verify(token);
    throw invalidToken();
  }
}

function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}
