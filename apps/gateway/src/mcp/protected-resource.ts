import { PERMISSIONS, SlipwayError } from '@slipway/contracts';
import type { FastifyRequest } from 'fastify';
import ipaddr from 'ipaddr.js';
import type { GatewayConfig } from '../gateway.config';

export const MCP_PATH = '/mcp';
/** RFC 9728, section 3.1: the well-known path goes before the resource's own. */
export const METADATA_PATH = `/.well-known/oauth-protected-resource`;

const hostOf = (authority: string): string => authority.replace(/:\d+$/, '').toLowerCase();
/** An address cannot be rebound, a name can: names must be known. */
const isAddress = (host: string): boolean => ipaddr.isValid(host.replace(/^\[|\]$/g, ''));

/** `/mcp` as a protected resource: where it is, who may reach it by which name, and how a client learns where to get a token. */
export class ProtectedResource {
  private readonly publicUrl: URL | undefined;
  private readonly names: readonly string[];

  constructor(
    private readonly config: Pick<GatewayConfig, 'SLIPWAY_PUBLIC_URL' | 'SLIPWAY_MCP_HOSTS' | 'SLIPWAY_ISSUER' | 'SLIPWAY_OIDC_ISSUER'>,
  ) {
    this.publicUrl = config.SLIPWAY_PUBLIC_URL === undefined ? undefined : new URL(config.SLIPWAY_PUBLIC_URL);
    const listed = config.SLIPWAY_MCP_HOSTS.split(',').map((name) => name.trim().toLowerCase());
    this.names = ['localhost', ...(this.publicUrl ? [this.publicUrl.hostname] : []), ...listed].filter((name) => name !== '');
  }

  /**
   * Refuses what a page in a browser could have been tricked into (DNS rebinding, cross-site requests), by `Host` and `Origin`.
   * @throws SlipwayError `forbidden`
   */
  assertReachedAsItself({ headers }: Pick<FastifyRequest, 'headers'>): void {
    const host = hostOf(headers.host ?? '');
    if (!isAddress(host) && !this.names.includes(host)) {
      throw new SlipwayError(
        'forbidden',
        `This server is not known as '${host.slice(0, 100)}'; its operator sets SLIPWAY_PUBLIC_URL, or lists the name in SLIPWAY_MCP_HOSTS.`,
      );
    }
    const { origin } = headers;
    if (origin === undefined || origin === this.publicUrl?.origin) return;
    if (URL.canParse(origin) && new URL(origin).host === headers.host?.toLowerCase()) return;
    throw new SlipwayError('forbidden', 'Requests from pages of other origins are refused here.');
  }

  /** Absolute URL of `/mcp`: the configured one, or as the caller reached it. */
  urlFor(request: Pick<FastifyRequest, 'headers' | 'protocol'>): string {
    return `${this.publicUrl?.origin ?? `${request.protocol}://${request.headers.host}`}${MCP_PATH}`;
  }

  /** `WWW-Authenticate` of a 401 (RFC 9728, section 5.1; RFC 6750, section 3). */
  challenge(request: Pick<FastifyRequest, 'headers' | 'protocol'>): string {
    const metadata = `resource_metadata="${new URL(METADATA_PATH + MCP_PATH, this.urlFor(request)).href}"`;
    return request.headers.authorization === undefined ? `Bearer ${metadata}` : `Bearer error="invalid_token", ${metadata}`;
  }

  /**
   * The metadata document of RFC 9728. Listed are the issuers whose tokens are accepted; one that is no URL, such as the embedded one, hands
   * out its tokens by other ways.
   */
  metadata(request: Pick<FastifyRequest, 'headers' | 'protocol'>): Record<string, unknown> {
    const { SLIPWAY_ISSUER: own, SLIPWAY_OIDC_ISSUER: provider } = this.config;
    const servers = [...new Set([provider, own])].filter((issuer) => issuer !== undefined && /^https?:\/\//.test(issuer));
    return {
      resource: this.urlFor(request),
      resource_name: 'Slipway',
      ...(servers.length > 0 ? { authorization_servers: servers } : {}),
      bearer_methods_supported: ['header'],
      scopes_supported: PERMISSIONS.filter(
        (permission) => permission !== 'deploy:release:approve' && permission !== 'deploy:approval:review',
      ),
    };
  }
}
