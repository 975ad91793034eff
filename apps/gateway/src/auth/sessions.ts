import { Injectable } from '@nestjs/common';
import {
  sameJson,
  storedGrants,
  unionOfPermissions,
  type AccessChanged,
  type IssueToken,
  type Principal,
  type SessionView,
} from '@slipway/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessDirectory } from '@slipway/service-kit';
import { AccessResolver } from '../access/access-resolver';
import type { Credential } from '../access/credential';
import { accessToken, digestOfSecret, newSecret } from '../access/secrets';
import { GatewayConfig } from '../gateway.config';
import { GatewayCalls } from '../http/gateway-calls';
import type { Access } from '../http/request-context';
import { SessionCookies } from './session-cookies';

/** Live ones of one person; another one ends the oldest. */
export const MOST_SESSIONS = 50;

/** Sessions of the web: tokens of ours that only a cookie carries. Signing in and out are events like any other. */
@Injectable()
export class Sessions {
  constructor(
    private readonly config: GatewayConfig,
    private readonly calls: GatewayCalls,
    private readonly resolver: AccessResolver,
    private readonly directory: AccessDirectory,
    private readonly cookies: SessionCookies,
  ) {}

  /** Signs in whom the credential names, and sets the cookie. @throws SlipwayError `account_disabled`, `token_expired`, ... */
  async open(credential: Credential, request: FastifyRequest, reply: FastifyReply): Promise<SessionView> {
    const from = this.resolver.resolve(credential);
    await this.see(credential, request);
    const secret = newSecret();
    const token: IssueToken = {
      kind: 'session',
      name: 'web',
      expires_in_s: this.config.SLIPWAY_SESSION_TTL_S,
      secret_digest: digestOfSecret(secret),
      credential: from.limits,
    };
    const { id } = await this.command('create-token', token, from, request);
    const cookie = accessToken(id, secret);
    await this.endOldest(from, request);
    const access = this.resolver.resolve({ kind: 'token', tokenId: id });
    this.cookies.set(reply, 'session', cookie, access.expiresS - Date.now() / 1000);
    return this.view(access, cookie);
  }

  /** Every replica keeps every session in memory: who signs in time and again ends his oldest. */
  private async endOldest(as: Access, request: FastifyRequest): Promise<void> {
    const now = new Date().toISOString();
    const live = [...this.directory.state.tokens.values()]
      .filter(({ detail, revokedAt }) => detail.kind === 'session' && detail.actor_id === as.identity.actorId && revokedAt === null)
      .filter(({ detail }) => detail.expires_at > now)
      .sort((one, other) => (one.createdAt < other.createdAt ? -1 : 1));
    for (const { id, projectId } of live.slice(0, Math.max(0, live.length - MOST_SESSIONS))) {
      await this.command('revoke-token', { id, project_id: projectId, reason: 'more sessions than one may have' }, as, request);
    }
  }

  /** Keeps what the issuer says of a person, where any of it is new: what is made from the credential is judged by it later. */
  async see(credential: Credential, request: FastifyRequest): Promise<void> {
    if (credential.kind !== 'jwt' || credential.actorType !== 'human') return;
    const { actorId, issuer, name, groups, claims } = credential;
    const seen = { issuer, name, groups: [...new Set(groups)].sort(), claims: storedGrants(claims) };
    if (sameJson(this.directory.state.byActor.get(actorId)?.seen ?? null, seen)) return;
    await this.command('see-person', { actor_id: actorId, ...seen }, this.resolver.resolve(credential), request);
  }

  /** Ends the session everywhere, and clears the cookie. */
  async close(access: Access, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (access.credential.kind !== 'token') return;
    const token = this.directory.state.tokens.get(access.credential.tokenId);
    if (token) await this.command('revoke-token', { id: token.id, project_id: token.projectId, reason: 'signed out' }, access, request);
    this.cookies.clear(reply, 'session');
  }

  /** @param cookie the session cookie, where the request came by one */
  view({ credential, identity, grants, expiresS }: Access, cookie: string | undefined): SessionView {
    const person = this.directory.state.byActor.get(identity.actorId);
    return {
      actor_id: identity.actorId,
      actor_type: identity.actorType,
      name: credential.kind === 'jwt' ? credential.name : (person?.name ?? identity.actorId),
      on_behalf_of: identity.onBehalfOf ?? null,
      method: cookie !== undefined ? 'session' : credential.kind === 'jwt' ? 'bearer' : 'access_token',
      issuer: credential.kind === 'jwt' ? credential.issuer : (person?.seen?.issuer ?? null),
      permissions: unionOfPermissions(grants),
      grants: storedGrants(grants),
      expires_at: new Date(expiresS * 1000).toISOString(),
      csrf_token: cookie === undefined ? null : this.cookies.csrfToken(cookie),
    };
  }

  private async command(verb: string, body: object, as: Access, request: FastifyRequest): Promise<AccessChanged> {
    const principal: Principal = { ...as.identity, permissions: [], projects: [], environments: [] };
    const { value, position } = await this.calls.command('provisioning', verb, body, {
      principal,
      source: 'ui',
      correlationId: request.id,
    });
    await this.directory.reach(position);
    return value as AccessChanged;
  }
}
