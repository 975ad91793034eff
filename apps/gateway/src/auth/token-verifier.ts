import { readFileSync } from 'node:fs';
import { PERMISSIONS, SlipwayError, isName, type Permission } from '@slipway/contracts';
import { TOKEN_ALGORITHM } from '@slipway/service-kit';
import { createLocalJWKSet, errors, jwtVerify, type JSONWebKeySet, type JWTPayload } from 'jose';
import type { Access } from '../http/request-context';

export interface TokenVerifierOptions {
  /** The one key source. */
  readonly jwks: JSONWebKeySet;
  readonly issuer: string;
  readonly audience: string;
}

const CACHE_LIMIT = 2_000;
const MAX_TOKEN_BYTES = 8_192;
const SUBJECT = /^[\x21-\x7e]{1,200}$/;
const WHOLE_PLATFORM = '*';

/**
 * Checks access tokens: EdDSA only, keys from one file, issuer, audience, subject and expiry required. What it has seen good is
 * remembered until it expires.
 */
export class TokenVerifier {
  private readonly keys: ReturnType<typeof createLocalJWKSet>;
  private readonly seen = new Map<string, Access>();
  constructor(private readonly options: TokenVerifierOptions) {
    this.keys = createLocalJWKSet(options.jwks);
  }

  static fromFile(file: string, options: Omit<TokenVerifierOptions, 'jwks'>): TokenVerifier {
    return new TokenVerifier({ ...options, jwks: JSON.parse(readFileSync(file, 'utf8')) as JSONWebKeySet });
  }

  /** @throws SlipwayError `token_expired`, or `unauthenticated` for anything else that is wrong with it. */
  async verify(authorization: string | undefined): Promise<Access> {
    const token = /^Bearer ([A-Za-z0-9._-]+)$/i.exec(authorization ?? '')?.[1];
    if (!token) throw new SlipwayError('unauthenticated', 'Send a bearer token in the Authorization header.');
    if (token.length > MAX_TOKEN_BYTES) throw invalid();
    const known = this.seen.get(token);
    if (known && known.expiresS > Date.now() / 1000) return known;
    this.seen.delete(token);
    const access = accessOf(await this.check(token));
    if (this.seen.size >= CACHE_LIMIT) this.seen.delete(this.seen.keys().next().value as string);
    this.seen.set(token, access);
    return access;
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
      throw invalid(cause);
    }
  }
}

const invalid = (cause?: unknown): SlipwayError => new SlipwayError('unauthenticated', 'The token is not valid here.', {}, { cause });

/** The claims as a principal: what is not of the expected shape makes the token invalid; unknown permissions give nothing. */
function accessOf(claims: JWTPayload): Access {
  const { sub, exp, actor_type: actorType, permissions, projects, environments } = claims;
  const scoped = (value: unknown): value is string[] =>
    Array.isArray(value) && value.every((item) => item === WHOLE_PLATFORM || isName(item));
  const usable =
    typeof sub === 'string' && SUBJECT.test(sub) && !sub.startsWith('service:') && (actorType === 'human' || actorType === 'agent');
  if (!usable || !Array.isArray(permissions) || !scoped(projects) || !scoped(environments)) throw invalid();
  return {
    principal: {
      actorId: sub,
      actorType,
      permissions: permissions.filter((item): item is Permission => PERMISSIONS.includes(item as Permission)),
      projects,
      environments,
    },
    expiresS: exp!,
  };
}
