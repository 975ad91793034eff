import { createHash } from 'node:crypto';
import { EncryptJWT, jwtDecrypt, type JWTPayload } from 'jose';
import type { IssuedIdentity } from '../../access/credential';
import { derivedKey, equalSecrets, newSecret } from '../../access/secrets';
import type { OidcSettings } from './oidc.config';
import type { OidcTokens } from './oidc-tokens';
import { fetchBounded, type Provider } from './provider';

/** How long somebody may take at the provider. */
export const SIGN_IN_S = 10 * 60;

/** Why a sign-in ended without a session; the sign-in page explains it. */
export class SignInFailed extends Error {
  constructor(
    readonly code: 'login_failed' | 'login_expired' | 'access_denied',
    options?: { cause?: unknown },
  ) {
    super(code, options);
    this.name = 'SignInFailed';
  }
}

interface Pending {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly returnTo: string;
}

/** A path of ours, and never another site's address. */
export const ownPath = (given: unknown): string =>
  typeof given === 'string' && /^\/(?![/\\])[\x21-\x7e]{0,1000}$/.test(given) ? given : '/';

/** OpenID Connect's authorization code flow with PKCE. What it must remember meanwhile is sealed in a cookie, so any replica can finish it. */
export class CodeFlow {
  private readonly key: Buffer;

  /** @param secret shared by all replicas of the gateway */
  constructor(
    secret: string,
    private readonly settings: OidcSettings,
    private readonly provider: Provider,
    private readonly tokens: OidcTokens,
  ) {
    this.key = derivedKey(secret, 'slipway sign-in');
  }

  /** Where to send the browser, and the cookie to send with it. @throws SlipwayError `dependency_unavailable` */
  async begin(returnTo: string): Promise<{ url: string; cookie: string }> {
    const { authorization_endpoint: endpoint } = await this.provider.metadata();
    const pending: Pending = { state: newSecret(), nonce: newSecret(), verifier: newSecret(), returnTo };
    const url = new URL(endpoint);
    const parameters = {
      response_type: 'code',
      client_id: this.settings.clientId,
      redirect_uri: this.settings.redirectUri,
      scope: this.settings.scopes,
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: createHash('sha256').update(pending.verifier).digest('base64url'),
      code_challenge_method: 'S256',
    };
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    const cookie = await new EncryptJWT({ ...pending })
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .setExpirationTime(`${SIGN_IN_S}s`)
      .encrypt(this.key);
    return { url: url.href, cookie };
  }

  /** Who came back, and where they wanted to go. @throws SignInFailed */
  async finish(
    query: Readonly<Record<string, unknown>>,
    cookie: string | undefined,
  ): Promise<{ identity: IssuedIdentity; returnTo: string }> {
    const pending = await this.pending(cookie);
    const { state, code, iss, error } = query;
    if (typeof state !== 'string' || !equalSecrets(state, pending.state)) throw new SignInFailed('login_failed');
    if (iss !== undefined && iss !== this.settings.issuer) throw new SignInFailed('login_failed');
    if (error !== undefined) throw new SignInFailed(error === 'access_denied' ? 'access_denied' : 'login_failed');
    if (typeof code !== 'string') throw new SignInFailed('login_failed');
    try {
      return { identity: await this.redeem(code, pending), returnTo: pending.returnTo };
    } catch (cause) {
      throw new SignInFailed('login_failed', { cause });
    }
  }

  private async pending(cookie: string | undefined): Promise<Pending> {
    try {
      const options = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] };
      return (await jwtDecrypt<JWTPayload & Pending>(cookie ?? '', this.key, options)).payload;
    } catch (cause) {
      throw new SignInFailed('login_expired', { cause });
    }
  }

  private async redeem(code: string, { verifier, nonce }: Pending): Promise<IssuedIdentity> {
    const { token_endpoint: endpoint } = await this.provider.metadata();
    const { clientId, clientSecret, redirectUri } = this.settings;
    const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier };
    const authorization = `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret ?? '')}`).toString('base64')}`;
    const response = await fetchBounded(endpoint, {
      method: 'POST',
      headers: { accept: 'application/json', ...(clientSecret === undefined ? {} : { authorization }) },
      body: new URLSearchParams(clientSecret === undefined ? { ...form, client_id: clientId } : form),
    });
    const answer = (await response.json()) as { id_token?: unknown; access_token?: unknown; error?: unknown };
    if (!response.ok || typeof answer.id_token !== 'string')
      throw new Error(`the token endpoint answers ${response.status} ${String(answer.error)}`);
    const claims = await this.tokens.verifyIdToken(answer.id_token, nonce);
    return this.tokens.identityOf(await this.withGroups(claims, answer.access_token));
  }

  /** Providers keep groups out of ID tokens, for their size; the userinfo endpoint has them then. */
  private async withGroups(claims: JWTPayload, accessToken: unknown): Promise<JWTPayload> {
    const { userinfo_endpoint: endpoint } = await this.provider.metadata();
    if (claims[this.settings.groupsClaim] !== undefined || endpoint === undefined || typeof accessToken !== 'string') return claims;
    const response = await fetchBounded(endpoint, { headers: { authorization: `Bearer ${accessToken}`, accept: 'application/json' } });
    if (!response.ok) return claims;
    const more = (await response.json()) as JWTPayload;
    if (more.sub !== claims.sub) throw new Error('userinfo is about somebody else');
    return { ...more, ...claims };
  }
}
