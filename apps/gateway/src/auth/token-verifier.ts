import { readFileSync } from 'node:fs';
import { EMBEDDED_ROLES, PERMISSIONS, SlipwayError, isName, type Permission } from '@slipway/contracts';
import { TOKEN_ALGORITHM } from '@slipway/service-kit';
import { createLocalJWKSet, errors, jwtVerify, type JSONWebKeySet, type JWTPayload } from 'jose';
import type { IssuedIdentity } from '../access/credential';

export interface TokenVerifierOptions {
  /** The one key source. */
  readonly jwks: JSONWebKeySet;
  readonly issuer: string;
  readonly audience: string;
}

const CACHE_LIMIT = 2_000;
const SUBJECT = /^[\x21-\x7e]{1,200}$/;
const WHOLE_PLATFORM = '*';

/**
 * Checks access tokens of the embedded issuer: EdDSA only, keys from one file, issuer, audience, subject and expiry required. What it
 * has seen good is remembered until it expires.
 */
export class TokenVerifier {
  readonly issuer: string;
  private readonly keys: ReturnType<typeof createLocalJWKSet>;
  private readonly seen = new Map<string, IssuedIdentity>();
  constructor(private readonly options: TokenVerifierOptions) {
    this.issuer = options.issuer;
    this.keys = createLocalJWKSet(options.jwks);
  }

  static fromFile(file: string, options: Omit<TokenVerifierOptions, 'jwks'>): TokenVerifier {
    return new TokenVerifier({ ...options, jwks: JSON.parse(readFileSync(file, 'utf8')) as JSONWebKeySet });
  }

  /** @throws SlipwayError `token_expired`, or `unauthenticated` for anything else that is wrong with it. */
  async verify(token: string): Promise<IssuedIdentity> {
    const known = this.seen.get(token);
    if (known && known.expiresS > Date.now() / 1000) return known;
    this.seen.delete(token);
    const identity = identityOf(await this.check(token));
    if (this.seen.size >= CACHE_LIMIT) this.seen.delete(this.seen.keys().next().value as string);
    this.seen.set(token, identity);
    return identity;
  }

  private async check(token: string): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, this.keys, {
        algorithms: [TOKEN_ALGORITHM],
        issuer: this.options.issuer,
        audience: this.options.audience,
        requiredClaims: ['exp', 'sub', 'actor_type', 'permissions', 'projects', 'environments'],
      });
      return payload;
    } catch (cause) {
      if (cause instanceof errors.JWTExpired)
        throw new SlipwayError('token_expired', 'The token has expired; get a new one.', {}, { cause });
      throw invalidToken(cause);
    }
  }
}

export const invalidToken = (cause?: unknown): SlipwayError =>
  new SlipwayError('unauthenticated', 'The token is not valid here.', {}, { cause });

/** Actor ids that the platform gives out itself; no issuer may speak for them. */
const RESERVED = /^(service|account|delegate|oidc):/;

/** The claims as an identity: what is not of the expected shape makes the token invalid; unknown permissions give nothing. */
function identityOf(claims: JWTPayload): IssuedIdentity {
  const { sub, iss, exp, actor_type: actorType, permissions, projects, environments } = claims;
  const scoped = (value: unknown): value is string[] =>
    Array.isArray(value) && value.every((item) => item === WHOLE_PLATFORM || isName(item));
  const usable = typeof sub === 'string' && SUBJECT.test(sub) && !RESERVED.test(sub) && (actorType === 'human' || actorType === 'agent');
  if (!usable || !Array.isArray(permissions) || !scoped(projects) || !scoped(environments)) throw invalidToken();
  const held = permissions.filter((item): item is Permission => PERMISSIONS.includes(item as Permission));
  return {
    kind: 'jwt',
    issuer: iss!,
    actorId: sub,
    actorType,
    name: sub,
    groups: [],
    claims: [{ permissions: held, projects, environments, ...(Object.hasOwn(EMBEDDED_ROLES, sub) ? { roles: [sub] } : {}) }],
    expiresS: exp!,
    bindsChildren: true,
  };
}
