import { SlipwayError } from '@slipway/contracts';
import { createRemoteJWKSet, customFetch, decodeProtectedHeader, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import type { IssuedIdentity } from '../../access/credential';
import { invalidToken } from '../token-verifier';
import type { OidcSettings } from './oidc.config';
import { fetchBounded, type Provider } from './provider';

const CACHE_LIMIT = 2_000;
/** A key that its issuer withdraws is not believed longer than this. */
const REMEMBER_S = 300;
/** However many tokens name keys that nobody knows, the key set is fetched once in this time. */
const REFETCH_MS = 30_000;
const KEYS_KEPT_MS = 10 * 60 * 1000;
const CLOCK_TOLERANCE_S = 5;
/** Headers by which a token would bring, or send us for, its own key. */
const KEY_HEADERS = ['jku', 'jwk', 'x5u', 'x5c', 'crit'] as const;
const ACTOR = /^[\x21-\x7e]{1,190}$/;

/** Tokens of the configured identity provider: its keys, its algorithms, our audience; nothing that a token says is fetched. */
export class OidcTokens {
  private readonly seen = new Map<string, { readonly identity: IssuedIdentity; readonly untilS: number }>();
  private keys: { readonly uri: string; readonly get: JWTVerifyGetKey } | undefined;
  constructor(
    private readonly settings: OidcSettings,
    private readonly provider: Provider,
  ) {}

  get issuer(): string {
    return this.settings.issuer;
  }

  /** An access token that a program sends. @throws SlipwayError `unauthenticated`, `token_expired`, `dependency_unavailable` */
  async verify(token: string): Promise<IssuedIdentity> {
    const nowS = Date.now() / 1000;
    const known = this.seen.get(token);
    if (known && known.untilS > nowS) return known.identity;
    this.seen.delete(token);
    const identity = this.identityOf(await this.check(token, this.settings.audience));
    if (this.seen.size >= CACHE_LIMIT) this.seen.delete(this.seen.keys().next().value as string);
    this.seen.set(token, { identity, untilS: Math.min(identity.expiresS, nowS + REMEMBER_S) });
    return identity;
  }

  /** The ID token of a sign-in. @throws SlipwayError as `verify` does */
  async verifyIdToken(token: string, nonce: string): Promise<JWTPayload> {
    const claims = await this.check(token, this.settings.clientId);
    const { azp } = claims;
    if (claims['nonce'] !== nonce || (azp !== undefined && azp !== this.settings.clientId)) throw invalidToken();
    return claims;
  }

  /** Who the claims are about. Claims of ours, such as `permissions`, mean nothing from another issuer. */
  identityOf(claims: JWTPayload): IssuedIdentity {
    const { actorClaim, groupsClaim } = this.settings;
    const actor = claims[actorClaim];
    if (typeof actor !== 'string' || !ACTOR.test(actor)) throw invalidToken(new Error(`the claim '${actorClaim}' names no actor`));
    const groups: unknown = claims[groupsClaim] ?? [];
    const isProgram = claims.sub !== undefined && (claims['client_id'] === claims.sub || claims['azp'] === claims.sub);
    const name = [claims['name'], claims['preferred_username'], claims['email'], actor].find(
      (one) => typeof one === 'string' && one !== '',
    );
    return {
      kind: 'jwt',
      issuer: this.settings.issuer,
      actorId: `oidc:${actor}`,
      actorType: isProgram ? 'service' : 'human',
      name: (name as string).slice(0, 200),
      groups: Array.isArray(groups)
        ? groups.filter((one): one is string => typeof one === 'string' && one.length <= 200).slice(0, 500)
        : [],
      claims: [],
      expiresS: claims.exp!,
      bindsChildren: isProgram,
    };
  }

  private async check(token: string, audience: string): Promise<JWTPayload> {
    try {
      const header = decodeProtectedHeader(token) as Record<string, unknown>;
      if (KEY_HEADERS.some((name) => header[name] !== undefined)) throw new errors.JWTInvalid('the token brings its own key');
      const { payload } = await jwtVerify(token, await this.keySet(), {
        algorithms: [...this.settings.algorithms],
        issuer: this.settings.issuer,
        audience,
        requiredClaims: ['exp', 'sub'],
        clockTolerance: CLOCK_TOLERANCE_S,
      });
      return payload;
    } catch (cause) {
      throw refusalOf(cause);
    }
  }

  private async keySet(): Promise<JWTVerifyGetKey> {
    const { jwks_uri: uri } = await this.provider.metadata();
    if (this.keys?.uri !== uri) {
      const options = { cooldownDuration: REFETCH_MS, cacheMaxAge: KEYS_KEPT_MS, [customFetch]: fetchBounded };
      this.keys = { uri, get: createRemoteJWKSet(new URL(uri), options) };
    }
    return this.keys.get;
  }
}

function refusalOf(cause: unknown): SlipwayError {
  if (cause instanceof SlipwayError) return cause;
  if (cause instanceof errors.JWTExpired) return new SlipwayError('token_expired', 'The token has expired; get a new one.', {}, { cause });
  if (cause instanceof errors.JOSEError && !(cause instanceof errors.JWKSTimeout)) return invalidToken(cause);
  if (cause instanceof TypeError && cause.message === 'Invalid Token or Protected Header formatting') return invalidToken(cause);
  return new SlipwayError(
    'dependency_unavailable',
    'The identity provider’s keys cannot be read at the moment; try again shortly.',
    {},
    { cause },
  );
}
