import { Injectable } from '@nestjs/common';
import {
  intersectGrants,
  narrowPrincipal,
  SlipwayError,
  UNLIMITED,
  type CredentialLimits,
  type Grant,
  type Identity,
  type Principal,
} from '@slipway/contracts';
import { AccessDirectory, HeldAccess, liveToken, permittedTo, tokenExpired, type Held, type KnownToken } from '@slipway/service-kit';
import type { Access } from '../http/request-context';
import type { Credential, IssuedIdentity } from './credential';

const CACHE_LIMIT = 5_000;

interface Resolved {
  readonly identity: Identity;
  readonly grants: readonly Grant[];
  readonly expiresS: number;
  readonly limits: CredentialLimits;
  readonly principal: Principal;
}

/** What a credential is worth now: its owner's grants as the directory has them, within the credential's own scope. */
@Injectable()
export class AccessResolver {
  private readonly known = new Map<string | IssuedIdentity, Resolved>();
  private knownAt = -1;
  constructor(
    private readonly directory: AccessDirectory,
    private readonly holdings: HeldAccess,
  ) {}

  /** @throws SlipwayError `unauthenticated`, `token_expired`, `token_revoked`, `account_disabled` */
  resolve(credential: Credential): Access {
    const { identity, grants, expiresS, limits, principal } = this.resolved(credential);
    if (expiresS <= Date.now() / 1000) throw tokenExpired();
    return { credential, identity, grants, limits, expiresS, principal };
  }

  isUsable(credential: Credential): boolean {
    try {
      return this.resolve(credential).expiresS > 0;
    } catch {
      return false;
    }
  }

  private resolved(credential: Credential): Resolved {
    if (this.knownAt !== this.directory.version || this.known.size >= CACHE_LIMIT) this.known.clear();
    this.knownAt = this.directory.version;
    const key = credential.kind === 'token' ? credential.tokenId : credential;
    const found = this.known.get(key) ?? (credential.kind === 'token' ? this.ofToken(credential.tokenId) : this.ofIssued(credential));
    this.known.set(key, found);
    return found;
  }

  private ofIssued(issued: IssuedIdentity): Resolved {
    const { actorId, actorType, claims, groups, expiresS, bindsChildren } = issued;
    if (this.directory.state.byActor.get(actorId)?.disabled) throw disabled(actorId);
    const grants = permittedTo(actorType, this.holdings.by(actorId, claims, groups)).map(grantOf);
    const childExpiresAt = bindsChildren ? new Date(expiresS * 1000).toISOString() : null;
    const limits = { base: claims, scope: [UNLIMITED], token_id: null, child_expires_at: childExpiresAt };
    return this.whole({ actorId, actorType }, grants, expiresS, limits);
  }

  private ofToken(tokenId: string): Resolved {
    const token = liveToken(this.directory.state, tokenId);
    const { detail } = token;
    const account = detail.account_id === null ? undefined : this.directory.state.accounts.get(detail.account_id);
    const person = this.directory.state.byActor.get(detail.actor_id);
    if ((account ?? person)?.disabled) throw disabled(detail.actor_id);
    const held = account ? this.holdings.byAccount(account) : this.holdings.by(detail.actor_id, detail.base, person?.seen?.groups ?? []);
    const onBehalfOf = account?.parent?.actor_id;
    const identity: Identity = {
      actorId: detail.actor_id,
      actorType: detail.actor_type,
      ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    };
    const grants = intersectGrants(detail.scope, permittedTo(detail.actor_type, held).map(grantOf));
    const until = account?.parent?.expires_at ?? detail.expires_at;
    return this.whole(identity, grants, Math.min(Date.parse(detail.expires_at), Date.parse(until)) / 1000, limitsOf(token));
  }

  /** Before a route narrows it, the principal is all that it is anywhere. */
  private whole(identity: Identity, grants: readonly Grant[], expiresS: number, limits: CredentialLimits): Resolved {
    const environmentsOf = (project: string): readonly string[] => this.directory.state.environmentsOf(project);
    const principal = narrowPrincipal(identity, grants, { needed: [], environmentsOf });
    const nothing: Principal = { ...identity, permissions: [], projects: [], environments: [] };
    return { identity, grants, expiresS, limits, principal: principal ?? nothing };
  }
}

/** A session stands for the sign-in that made it: its children outlive the session, but not what the session rests on. */
function limitsOf({ id, detail }: KnownToken): CredentialLimits {
  const session = detail.kind === 'session';
  return {
    base: detail.base,
    scope: detail.scope,
    token_id: session ? detail.parent_token_id : id,
    child_expires_at: session ? detail.child_expires_at : detail.expires_at,
  };
}

const grantOf = ({ grant }: Held): Grant => grant;
const disabled = (actorId: string): SlipwayError =>
  new SlipwayError('account_disabled', `'${actorId}' is disabled; ask an administrator of the platform.`);
