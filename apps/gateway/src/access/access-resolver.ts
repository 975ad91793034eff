import { Inject, Injectable } from '@nestjs/common';
import {
  intersectGrants,
  narrowPrincipal,
  SlipwayError,
  UNLIMITED,
  withoutPermissions,
  type ActorType,
  type CredentialLimits,
  type Grant,
  type Identity,
  type Permission,
  type Principal,
} from '@slipway/contracts';
import type { Access } from '../http/request-context';
import { AccessDirectory } from './directory/access-directory';
import type { KnownAccount, KnownBinding, KnownToken } from './directory/directory.state';
import { heldByBindings, type Held } from './directory/held';
import type { Credential, IssuedIdentity } from './credential';

export const CONFIGURED_BINDINGS = 'CONFIGURED_BINDINGS';

/** Never an agent's, whatever is bound to it. */
const NOT_FOR_AGENTS: readonly Permission[] = ['deploy:release:approve', 'deploy:approval:review'];
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
    @Inject(CONFIGURED_BINDINGS) private readonly configured: readonly KnownBinding[],
  ) {}

  /** @throws SlipwayError `unauthenticated`, `token_expired`, `token_revoked`, `account_disabled` */
  resolve(credential: Credential): Access {
    const { identity, grants, expiresS, limits, principal } = this.resolved(credential);
    if (expiresS <= Date.now() / 1000) throw expired();
    return { credential, identity, grants, limits, expiresS, principal };
  }

  /** What an actor holds, with the reasons. `own`: grants of the actor's own credential beside bindings. */
  held(actorId: string, own: readonly Grant[], groups: readonly string[]): Held[] {
    const claims = own.map((grant): Held => ({ grant, because: { role: null, via: 'claims', scope: null, binding_id: null } }));
    return [...claims, ...heldByBindings(this.directory.state, this.configured, { actorId, groups })];
  }

  /** What an account holds; one that acts for a person: what the person's credential held, as far as the person still holds it. */
  heldByAccount(account: KnownAccount): Held[] {
    const { parent } = account;
    if (!parent) return this.held(account.actorId, account.seen?.claims ?? [], account.seen?.groups ?? []);
    const person = this.directory.state.byActor.get(parent.actor_id);
    const over = person?.disabled === true || (parent.expires_at !== null && Date.parse(parent.expires_at) <= Date.now());
    if (over || (parent.token_id !== null && !this.isLive(parent.token_id))) return [];
    return this.held(parent.actor_id, parent.base, person?.seen?.groups ?? []).flatMap(({ grant, because }) =>
      intersectGrants([grant], parent.scope).map((common) => ({
        grant: common,
        because: { ...because, via: `parent:${parent.actor_id} ${because.via}` },
      })),
    );
  }

  /** What is held, as far as this kind of actor may hold it: an agent never what approving takes. */
  permittedTo(actorType: ActorType, held: readonly Held[]): Held[] {
    if (actorType !== 'agent') return [...held];
    return held.flatMap(({ grant, because }) => withoutPermissions([grant], NOT_FOR_AGENTS).map((left) => ({ grant: left, because })));
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
    const grants = this.permittedTo(actorType, this.held(actorId, claims, groups)).map(grantOf);
    const childExpiresAt = bindsChildren ? new Date(expiresS * 1000).toISOString() : null;
    const limits = { base: claims, scope: [UNLIMITED], token_id: null, child_expires_at: childExpiresAt };
    return this.whole({ actorId, actorType }, grants, expiresS, limits);
  }

  private ofToken(tokenId: string): Resolved {
    const token = this.liveToken(tokenId);
    const { detail } = token;
    const account = detail.account_id === null ? undefined : this.directory.state.accounts.get(detail.account_id);
    const person = this.directory.state.byActor.get(detail.actor_id);
    if ((account ?? person)?.disabled) throw disabled(detail.actor_id);
    const held = account ? this.heldByAccount(account) : this.held(detail.actor_id, detail.base, person?.seen?.groups ?? []);
    const onBehalfOf = account?.parent?.actor_id;
    const identity: Identity = {
      actorId: detail.actor_id,
      actorType: detail.actor_type,
      ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    };
    const grants = intersectGrants(detail.scope, this.permittedTo(detail.actor_type, held).map(grantOf));
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

  /** A child ends with its parent, however it ended. @throws SlipwayError `unauthenticated`, `token_expired`, `token_revoked` */
  private liveToken(tokenId: string): KnownToken {
    const token = this.directory.state.tokens.get(tokenId);
    if (!token) throw new SlipwayError('unauthenticated', 'The token is not valid here.');
    if (token.revokedAt !== null) throw new SlipwayError('token_revoked', 'The token was revoked; get a new one.');
    if (Date.parse(token.detail.expires_at) <= Date.now()) throw expired();
    if (token.detail.parent_token_id !== null) this.liveToken(token.detail.parent_token_id);
    return token;
  }

  private isLive(tokenId: string): boolean {
    try {
      return this.liveToken(tokenId) !== undefined;
    } catch {
      return false;
    }
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
const expired = (): SlipwayError => new SlipwayError('token_expired', 'The token has expired; get a new one.');
const disabled = (actorId: string): SlipwayError =>
  new SlipwayError('account_disabled', `'${actorId}' is disabled; ask an administrator of the platform.`);
