import { Inject, Injectable } from '@nestjs/common';
import { grantCovers, PERMISSIONS, type AccessEntry, type ActorType, type Permission, type Place } from '@slipway/contracts';
import { AccessDirectory, CONFIGURED_BINDINGS, HeldAccess, heldOf, permittedTo, type Held, type KnownBinding } from '@slipway/service-kit';

interface Subject {
  readonly name: string;
  readonly actorType: ActorType | null;
  readonly disabled: boolean;
  readonly held: readonly Held[];
}

/** The same conclusions that authentication draws, for everyone who is known, with their reasons. */
@Injectable()
export class AccessOverview {
  constructor(
    private readonly directory: AccessDirectory,
    private readonly holdings: HeldAccess,
    @Inject(CONFIGURED_BINDINGS) private readonly configured: readonly KnownBinding[],
  ) {}

  at(place: Place, only: { subject?: string; permission?: Permission }): AccessEntry[] {
    return this.subjects()
      .filter(({ name }) => only.subject === undefined || name === only.subject)
      .map((subject) => entryOf(subject, place, only.permission === undefined ? PERMISSIONS : [only.permission]))
      .filter(({ permissions }) => permissions.length > 0)
      .sort((one, other) => (one.subject < other.subject ? -1 : 1));
  }

  /** Accounts, people who were seen, actors who are only named by a binding or a team, and groups as such. */
  private subjects(): Subject[] {
    const { accounts, byActor, teams, bindings } = this.directory.state;
    const all = [...this.configured, ...bindings.values()];
    const known = [...accounts.values()].map((account): Subject => {
      const held = permittedTo(account.kind, this.holdings.byAccount(account));
      return { name: account.actorId, actorType: account.kind, disabled: account.disabled, held };
    });
    const named = all.flatMap(({ subject }) => (subject.kind === 'actor' ? [subject.ref] : []));
    const others = new Set([...named, ...[...teams.values()].flatMap(({ members }) => members)].filter((actor) => !byActor.has(actor)));
    const groups = new Set(all.flatMap(({ subject }) => (subject.kind === 'group' ? [subject.ref] : [])));
    return [
      ...known,
      ...[...others].map((name) => ({ name, actorType: null, disabled: false, held: this.holdings.by(name, [], []) })),
      ...[...groups].map((group) => ({ name: `group:${group}`, actorType: null, disabled: false, held: this.heldByGroup(all, group) })),
    ];
  }

  private heldByGroup(all: readonly KnownBinding[], group: string): Held[] {
    const own = all.filter(({ subject }) => subject.kind === 'group' && subject.ref === group);
    return own.flatMap((binding) => heldOf(this.directory.state, binding, 'direct'));
  }
}

function entryOf({ name, actorType, disabled, held }: Subject, place: Place, wanted: readonly Permission[]): AccessEntry {
  const there = held.filter(({ grant }) => grantCovers(grant, place));
  const permissions = wanted
    .map((permission) => ({
      permission,
      because: there.filter(({ grant }) => grant.permissions.includes(permission)).map(({ because }) => because),
    }))
    .filter(({ because }) => because.length > 0);
  return { subject: name, actor_type: actorType, status: disabled ? 'disabled' : 'active', permissions };
}
