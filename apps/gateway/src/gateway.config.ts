import { readFileSync } from 'node:fs';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, IsUrl, Matches, Max, Min, MinLength } from 'class-validator';
import { API_AUDIENCE, EMBEDDED_ISSUER, PlatformConfig } from '@slipway/service-kit';

const PROXY = '(loopback|linklocal|uniquelocal|[0-9a-f:.]+(/\\d{1,3})?)';

/** What the gateway reads from its environment on top of every process. */
export class GatewayConfig extends PlatformConfig {
  @IsString()
  SLIPWAY_HTTP_HOST: string = '127.0.0.1';

  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(65_535)
  SLIPWAY_HTTP_PORT: number = 8080;

  /** Where clients reach the gateway, e.g. `https://slipway.example.com`; needed for MCP behind a name and for OIDC. Under https cookies are bound to the host. */
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  SLIPWAY_PUBLIC_URL?: string;

  /**
   * Addresses and networks of the proxies in front, separated by commas, e.g. `10.0.0.0/8`: their `X-Forwarded-*` says who the client is.
   * Without them the request log names the proxy.
   */
  @Matches(new RegExp(`^(|${PROXY}(\\s*,\\s*${PROXY})*)$`, 'i'), {
    message: 'SLIPWAY_TRUSTED_PROXIES lists addresses and networks such as 10.0.0.0/8, or loopback, separated by commas',
  })
  SLIPWAY_TRUSTED_PROXIES: string = '';

  /** Requests of one caller that may be under way at once; streams and MCP have bounds of their own. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  SLIPWAY_MAX_REQUESTS_OF_ACTOR: number = 256;

  /** Questions of one caller that the command centre works on at once; a model may be paid for each. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  SLIPWAY_MAX_INTENTS_OF_ACTOR: number = 4;

  /** Further host names by which `/mcp` may be reached, separated by commas; addresses and `localhost` always may. */
  @IsString()
  SLIPWAY_MCP_HOSTS: string = '';

  /** Base URL of an OpenAI-compatible API, e.g. `http://127.0.0.1:11434/v1`: the command centre's model. Without it there is none. */
  @IsOptional()
  @IsUrl({
    protocols: ['http', 'https'],
    require_protocol: true,
    require_tld: false,
    allow_fragments: false,
    allow_query_components: false,
  })
  SLIPWAY_AI_BASE_URL?: string;

  @IsString()
  @MinLength(1)
  SLIPWAY_AI_MODEL: string = 'default';

  /** File with the key that the API asks for. */
  @IsOptional()
  @IsString()
  SLIPWAY_AI_API_KEY_FILE?: string;

  /** How long one answer of the model may take. */
  @Type(() => Number)
  @IsInt()
  @Min(100)
  @Max(60_000)
  SLIPWAY_AI_TIMEOUT_MS: number = 30_000;

  /** File with the private JWK that signs internal tokens. */
  @IsString()
  @MinLength(1)
  SLIPWAY_INTERNAL_PRIVATE_KEY_FILE!: string;

  /** File with the JWK set of the token issuer: the one key source. */
  @IsString()
  @MinLength(1)
  SLIPWAY_ISSUER_JWKS_FILE!: string;

  @IsString()
  @MinLength(1)
  SLIPWAY_ISSUER: string = EMBEDDED_ISSUER;

  @IsString()
  @MinLength(1)
  SLIPWAY_AUDIENCE: string = API_AUDIENCE;

  /** Identity provider (OpenID Connect); tokens of its issuer and nobody else's are taken besides those of the embedded one. */
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  SLIPWAY_OIDC_ISSUER?: string;

  @IsOptional()
  @IsString()
  SLIPWAY_OIDC_CLIENT_ID?: string;

  /** File with the client's secret; absent for a public client. */
  @IsOptional()
  @IsString()
  SLIPWAY_OIDC_CLIENT_SECRET_FILE?: string;

  /** What the sign-in page calls the provider; default: its host. */
  @IsOptional()
  @IsString()
  SLIPWAY_OIDC_NAME?: string;

  /** Audience of access tokens that programs send; default SLIPWAY_AUDIENCE. */
  @IsOptional()
  @IsString()
  SLIPWAY_OIDC_AUDIENCE?: string;

  /** Signature algorithms, separated by commas; asymmetric ones only. */
  @Matches(/^((RS|PS|ES)(256|384|512)|EdDSA)(,((RS|PS|ES)(256|384|512)|EdDSA))*$/, {
    message: 'SLIPWAY_OIDC_ALGORITHMS lists RS256, PS256, ES256, their 384 and 512, or EdDSA, separated by commas',
  })
  SLIPWAY_OIDC_ALGORITHMS: string = 'RS256,ES256';

  @IsString()
  SLIPWAY_OIDC_SCOPES: string = 'openid profile email';

  /** The claim that names the actor, as `oidc:<value>`; one that the provider never gives to somebody else. */
  @IsString()
  SLIPWAY_OIDC_ACTOR_CLAIM: string = 'sub';

  @IsString()
  SLIPWAY_OIDC_GROUPS_CLAIM: string = 'groups';

  /** JSON file: which group of the provider has which role, where. */
  @IsOptional()
  @IsString()
  SLIPWAY_OIDC_ROLES_FILE?: string;

  /** How long a session of the web lasts, in seconds. */
  @Type(() => Number)
  @IsInt()
  @Min(60)
  @Max(30 * 24 * 60 * 60)
  SLIPWAY_SESSION_TTL_S: number = 12 * 60 * 60;

  /** Largest artifact upload, in bytes. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  SLIPWAY_MAX_ARTIFACT_BYTES: number = 512 * 1024 * 1024;

  /** Directory of the built web page (apps/web); without it the gateway serves the API alone. */
  @IsOptional()
  @IsString()
  @MinLength(1)
  SLIPWAY_WEB_DIR?: string;
}

/** How the web reaches the gateway. */
export const publicUrlOf = ({ SLIPWAY_PUBLIC_URL: url, SLIPWAY_HTTP_HOST: host, SLIPWAY_HTTP_PORT: port }: GatewayConfig): string =>
  url ?? `http://${host}:${port}`;

/** The key of the model's API, read once at start; undefined where none is configured. */
export const aiKeyOf = ({ SLIPWAY_AI_API_KEY_FILE: file }: GatewayConfig): string | undefined =>
  file === undefined ? undefined : readFileSync(file, 'utf8').trim();
