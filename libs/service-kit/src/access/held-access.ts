import { Inject, Injectable } from '@nestjs/common';
import { intersectGrants, withoutPermissions, type ActorType, type Grant, type Permission } from '@slipway/contracts';
import { AccessDirectory } from './access-directory';
import type { KnownAccount, KnownBinding } from './directory.state';
import { heldByBindings, type Held } from './held';
import { isLiveToken } from './live-token';

/** Injection token: role bindings that the operator's configuration makes, `KnownBinding[]`. */
export const CONFIGURED_BINDINGS = 'CONFIGURED_BINDINGS';

/** Never an agent's, whatever is bound to it. */
const NOT_FOR_AGENTS: readonly Permission[] = ['deploy:release:approve', 'deploy:approval:review'];

/** What actors hold now, as the directory has it. */
@Injectable()
export class HeldAccess {
  constructor(
    private readonly directory: AccessDirectory,
    @Inject(CONFIGURED_BINDINGS) private readonly configured: readonly KnownBinding[],
  ) {}

  /** What an actor holds, with the reasons. `own`: grants of the actor's own credential beside bindings. */
  by(actorId: string, own: readonly Grant[], groups: readonly string[]): Held[] {
    const claims = own.map((grant): Held => ({ grant, because: { role: null, via: 'claims', scope: null, binding_id: null } }));
    return [...claims, ...heldByBindings(this.directory.state, this.configured, { actorId, groups })];
  }

  /** What an account holds; one that acts for a person: what the person's credential held, as far as the person still holds it. */
  byAccount(account: KnownAccount): Held[] {
    const { parent } = account;
    if (!parent) return this.by(account.actorId, account.seen?.claims ?? [], account.seen?.groups ?? []);
    const person = this.directory.state.byActor.get(parent.actor_id);
    const over = person?.disabled === true || (parent.expires_at !== null && Date.parse(parent.expires_at) <= Date.now());
    if (over || (parent.token_id !== null && !isLiveToken(this.directory.state, parent.token_id))) return [];
    return this.by(parent.actor_id, parent.base, person?.seen?.groups ?? []).flatMap(({ grant, because }) =>
      intersectGrants([grant], parent.scope).map((common) => ({
        grant: common,
        because: { ...because, via: `parent:${parent.actor_id} ${because.via}` },
      })),
    );
  }

  /** What an actor may do at this moment without a credential at hand: for what reaches people by themselves. Disabled: nothing. */
  byActor(actorId: string): Grant[] {
    const account = this.directory.state.byActor.get(actorId);
    if (account?.disabled) return [];
    const held = account ? permittedTo(account.kind, this.byAccount(account)) : this.by(actorId, [], []);
    return held.map(({ grant }) => grant);
  }
}

/** What is held, as far as this kind of actor may hold it: an agent never what approving takes. */
export function permittedTo(actorType: ActorType, held: readonly Held[]): Held[] {
  if (actorType !== 'agent') return [...held];
  return held.flatMap(({ grant, because }) => withoutPermissions([grant], NOT_FOR_AGENTS).map((left) => ({ grant: left, because })));
}
