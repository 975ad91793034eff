import { EMBEDDED_ROLES, type ActorType, type EmbeddedRole } from '@slipway/contracts';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from 'jose';

/** `iss` and `aud` of the tokens that the embedded mode writes to tokens.json. */
export const EMBEDDED_ISSUER = 'slipway-embedded';
export const API_AUDIENCE = 'slipway-api';
/** The one signature algorithm of the platform's own tokens; verifiers pin it. */
export const TOKEN_ALGORITHM = 'EdDSA';

const DAY_S = 24 * 60 * 60;
const LIFETIME_S = 365 * DAY_S;

export interface SigningKeyPair {
  /** Ed25519 private JWK, with `kid` (RFC 7638 thumbprint). Keep it in a file that only the owner reads. */
  readonly privateJwk: JWK;
  readonly publicJwk: JWK;
}

/** A fresh Ed25519 key pair: for the embedded issuer, and for the gateway's internal tokens. */
export async function generateSigningKeyPair(): Promise<SigningKeyPair> {
  const { privateKey, publicKey } = await generateKeyPair(TOKEN_ALGORITHM, { crv: 'Ed25519', extractable: true });
  const bare = await exportJWK(publicKey);
  const named = { kid: await calculateJwkThumbprint(bare), alg: TOKEN_ALGORITHM, use: 'sig' };
  return { privateJwk: { ...(await exportJWK(privateKey)), ...named }, publicJwk: { ...bare, ...named } };
}

/** Claims of an access token beside `iss`, `aud`, `sub` (the actor id), `iat`, `exp`. */
export interface AccessClaims {
  readonly actor_type: ActorType;
  readonly permissions: readonly string[];
  readonly projects: readonly string[];
  readonly environments: readonly string[];
}

export interface EmbeddedIssuerOptions {
  /** Private half of the key whose public half the gateway reads from SLIPWAY_ISSUER_JWKS_FILE. */
  readonly privateJwk: JWK;
  /** Issued at; default now. */
  readonly now?: Date;
  /** Project of every role but admin; default `demo`. */
  readonly project?: string;
  readonly lifetimeS?: number;
}

/** What an embedded role may do: admin everywhere, the others in one project. */
export const roleClaims = (role: EmbeddedRole, project: string): AccessClaims => ({
  actor_type: role === 'agent' ? 'agent' : 'human',
  permissions: EMBEDDED_ROLES[role],
  projects: role === 'admin' ? ['*'] : [project],
  environments: ['*'],
});

/** One bearer token for each embedded role (`tokens.json`): `sub` is the role's name, `agent` is an agent, the rest are human. */
export async function issueEmbeddedTokens(options: EmbeddedIssuerOptions): Promise<Record<EmbeddedRole, string>> {
  const roles = Object.keys(EMBEDDED_ROLES) as EmbeddedRole[];
  const tokens = await Promise.all(
    roles.map(async (role) => [role, await issueAccessToken(role, roleClaims(role, options.project ?? 'demo'), options)] as const),
  );
  return Object.fromEntries(tokens) as Record<EmbeddedRole, string>;
}

/** One access token of the embedded issuer; `subject` becomes the actor id in every event. */
export async function issueAccessToken(subject: string, claims: AccessClaims, options: EmbeddedIssuerOptions): Promise<string> {
  const key = await importJWK(options.privateJwk, TOKEN_ALGORITHM);
  const issuedAt = Math.floor((options.now ?? new Date()).getTime() / 1000);
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg: TOKEN_ALGORITHM, typ: 'at+jwt', ...(options.privateJwk.kid ? { kid: options.privateJwk.kid } : {}) })
    .setIssuer(EMBEDDED_ISSUER)
    .setAudience(API_AUDIENCE)
    .setSubject(subject)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + (options.lifetimeS ?? LIFETIME_S))
    .sign(key);
}
