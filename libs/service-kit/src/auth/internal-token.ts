import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { importJWK, jwtVerify, SignJWT, errors as joseErrors, type CryptoKey, type JWK, type JWTPayload } from 'jose';
import { canonicalJson, SlipwayError, type Principal } from '@slipway/contracts';

/**
 * The internal token: who acts, signed by the gateway, checked by every service. EdDSA (Ed25519), 30 seconds: what was
 * signed before a revocation is worth nothing 30 seconds after it.
 */
export const INTERNAL_TOKEN = { issuer: 'slipway-gateway', audience: 'slipway-services', algorithm: 'EdDSA', lifetimeS: 30 } as const;
/** A cached token is replaced while it still has this long to live, so that queued work can finish under it. */
const RENEW_BEFORE_S = 15;
const CACHE_LIMIT = 1000;

type Claims = JWTPayload & { principal: Principal };
const nowS = (): number => Math.floor(Date.now() / 1000);

interface Signed {
  readonly token: string;
  readonly expiresS: number;
}
const isFresh = ({ expiresS }: Signed): boolean => expiresS - nowS() > RENEW_BEFORE_S;

/** @throws Error naming the file when it holds no Ed25519 JWK. */
export function readJwk(file: string): JWK {
  const jwk = JSON.parse(readFileSync(file, 'utf8')) as JWK;
  if (jwk.kty !== 'OKP' || jwk.crv !== 'Ed25519') throw new Error(`${file} holds no Ed25519 key in JWK form`);
  return jwk;
}

/** Signs internal tokens; only the gateway holds the private key. One token per principal is kept while it is fresh. */
export class InternalTokenSigner {
  private readonly tokens = new Map<string, Signed>();
  /** The gateway has one object for all requests under the same access token. */
  private readonly latest = new WeakMap<Principal, Signed>();
  private key: Promise<CryptoKey | Uint8Array> | undefined;
  constructor(private readonly jwk: JWK) {}

  static fromFile(file: string): InternalTokenSigner {
    return new InternalTokenSigner(readJwk(file));
  }

  async sign(principal: Principal): Promise<string> {
    const latest = this.latest.get(principal);
    if (latest && isFresh(latest)) return latest.token;
    const signed = await this.signed(principal);
    this.latest.set(principal, signed);
    return signed.token;
  }

  private async signed(principal: Principal): Promise<Signed> {
    const cacheKey = canonicalJson(principal);
    const cached = this.tokens.get(cacheKey);
    if (cached && isFresh(cached)) return cached;
    const issuedS = nowS();
    const expiresS = issuedS + INTERNAL_TOKEN.lifetimeS;
    this.key ??= importJWK(this.jwk, INTERNAL_TOKEN.algorithm);
    const token = await new SignJWT({ principal })
      .setProtectedHeader({ alg: INTERNAL_TOKEN.algorithm, typ: 'JWT' })
      .setSubject(principal.actorId)
      .setIssuer(INTERNAL_TOKEN.issuer)
      .setAudience(INTERNAL_TOKEN.audience)
      .setIssuedAt(issuedS)
      .setExpirationTime(expiresS)
      .sign(await this.key);
    keep(this.tokens, cacheKey, { token, expiresS });
    return { token, expiresS };
  }
}

/** Checks internal tokens; what it has seen good is remembered until it expires. */
export class InternalTokenVerifier {
  private readonly seen = new Map<string, { readonly principal: Principal; readonly expiresS: number }>();
  private readonly key: KeyObject;
  constructor(jwk: JWK) {
    this.key = createPublicKey({ key: { kty: jwk.kty, crv: jwk.crv, x: jwk.x }, format: 'jwk' });
  }

  static fromFile(file: string): InternalTokenVerifier {
    return new InternalTokenVerifier(readJwk(file));
  }

  /** @throws SlipwayError `token_expired`, or `unauthenticated` for anything else that is wrong with it. */
  async verify(token: string | undefined): Promise<Principal> {
    if (!token) throw new SlipwayError('unauthenticated', 'The request carries no internal token; it did not come through the gateway.');
    const known = this.seen.get(token);
    if (known && known.expiresS > nowS()) return known.principal;
    const claims = await this.check(token);
    keep(this.seen, token, { principal: claims.principal, expiresS: claims.exp! });
    return claims.principal;
  }

  private async check(token: string): Promise<Claims> {
    try {
      const { payload } = await jwtVerify<Claims>(token, this.key, {
        algorithms: [INTERNAL_TOKEN.algorithm],
        issuer: INTERNAL_TOKEN.issuer,
        audience: INTERNAL_TOKEN.audience,
        requiredClaims: ['exp', 'sub', 'principal'],
      });
      if (payload.principal.actorId !== payload.sub) throw new joseErrors.JWTInvalid('subject and principal differ');
      return payload;
    } catch (cause) {
      if (cause instanceof joseErrors.JWTExpired) {
        throw new SlipwayError('token_expired', 'The internal token has expired; send the request again.', {}, { cause });
      }
      throw new SlipwayError('unauthenticated', 'The internal token is not valid; it did not come from this gateway.', {}, { cause });
    }
  }
}

function keep<V>(cache: Map<string, V>, key: string, value: V): void {
  if (cache.size >= CACHE_LIMIT) cache.delete(cache.keys().next().value as string);
  cache.set(key, value);
}
