import { readFileSync } from 'node:fs';
import type { GatewayConfig } from '../../gateway.config';
import { publicUrlOf } from '../../gateway.config';

/** One identity provider, as configured: nothing in a token or a request adds to it. */
export interface OidcSettings {
  readonly issuer: string;
  readonly name: string;
  readonly clientId: string;
  /** Absent: a public client, by PKCE alone. */
  readonly clientSecret: string | undefined;
  /** Audience of access tokens that programs send. */
  readonly audience: string;
  readonly algorithms: readonly string[];
  readonly scopes: string;
  readonly actorClaim: string;
  readonly groupsClaim: string;
  readonly redirectUri: string;
}

export function oidcSettings(config: GatewayConfig): OidcSettings | undefined {
  const issuer = config.SLIPWAY_OIDC_ISSUER;
  const clientId = config.SLIPWAY_OIDC_CLIENT_ID;
  if (issuer === undefined) return undefined;
  if (clientId === undefined) throw new Error('SLIPWAY_OIDC_ISSUER needs SLIPWAY_OIDC_CLIENT_ID');
  const secretFile = config.SLIPWAY_OIDC_CLIENT_SECRET_FILE;
  return {
    issuer,
    name: config.SLIPWAY_OIDC_NAME ?? new URL(issuer).hostname,
    clientId,
    clientSecret: secretFile === undefined ? undefined : readFileSync(secretFile, 'utf8').trim(),
    audience: config.SLIPWAY_OIDC_AUDIENCE ?? config.SLIPWAY_AUDIENCE,
    algorithms: config.SLIPWAY_OIDC_ALGORITHMS.split(','),
    scopes: config.SLIPWAY_OIDC_SCOPES,
    actorClaim: config.SLIPWAY_OIDC_ACTOR_CLAIM,
    groupsClaim: config.SLIPWAY_OIDC_GROUPS_CLAIM,
    redirectUri: `${publicUrlOf(config).replace(/\/+$/, '')}/auth/callback`,
  };
}
