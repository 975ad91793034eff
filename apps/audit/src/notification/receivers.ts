import { Injectable } from '@nestjs/common';
import { PERMISSIONS, tellsOfPlace, type Grant, type NoticeTopic, type Place, type Topic } from '@slipway/contracts';
import { AccessDirectory, HeldAccess, heldOf } from '@slipway/service-kit';
import { concerns, mayRead, type Person } from './domain/audience';
import type { Occurrence } from './domain/occurrence';
import type { KnownSubscription } from './domain/subscription.state';

/** Who gets what: asked when an event is queued, and again when it is sent, for what somebody may read changes. */
@Injectable()
export class Receivers {
  constructor(
    private readonly directory: AccessDirectory,
    private readonly held: HeldAccess,
  ) {}

  /** Actors to whom a mail of this goes. */
  people({ owner }: KnownSubscription, occurrence: Occurrence): string[] {
    const actors = owner.kind === 'user' ? [owner.ref] : owner.kind === 'team' ? this.membersOf(owner.ref) : [];
    return actors.filter((actorId) => concerns(occurrence, this.person(actorId)));
  }

  /** Whether a webhook gets it. */
  reaches({ owner }: KnownSubscription, occurrence: Occurrence): boolean {
    if (owner.kind === 'user') return concerns(occurrence, this.person(owner.ref));
    return this.ownerMayRead(owner, occurrence.topic, occurrence.place);
  }

  /** Whether what was queued may still be sent. */
  stillMayRead({ owner }: KnownSubscription, recipient: string | null, topic: NoticeTopic, place: Place): boolean {
    if (!tellsOfPlace(topic)) return true;
    if (recipient === null) return this.ownerMayRead(owner, topic, place);
    const belongs = owner.kind === 'user' ? owner.ref === recipient : this.membersOf(owner.ref).includes(recipient);
    return belongs && mayRead(this.held.byActor(recipient), topic, place);
  }

  /** Whom a subscription belongs to, as people. */
  ownersOf({ owner, createdBy }: KnownSubscription): readonly string[] {
    if (owner.kind === 'user') return [owner.ref];
    return owner.kind === 'team' ? this.membersOf(owner.ref) : [createdBy];
  }

  private ownerMayRead({ kind, ref }: KnownSubscription['owner'], topic: Topic, place: Place): boolean {
    switch (kind) {
      case 'user':
        return mayRead(this.held.byActor(ref), topic, place);
      case 'team':
        return mayRead(this.heldByTeam(ref), topic, place);
      case 'project':
        return mayRead([{ permissions: PERMISSIONS, projects: [ref], environments: ['*'] }], topic, place);
      case 'platform':
        return true;
    }
  }

  /** What is the team's as a team: the projects that it owns, and the roles that are bound to it. */
  private heldByTeam(team: string): Grant[] {
    const { state } = this.directory;
    const bound = [...state.bindings.values()].filter(({ subject }) => subject.kind === 'team' && subject.ref === team);
    return [
      { permissions: PERMISSIONS, projects: state.projectsOfTeam(team), environments: ['*'] },
      ...bound.flatMap((binding) => heldOf(state, binding, 'direct')).map(({ grant }) => grant),
    ];
  }

  private membersOf(team: string): readonly string[] {
    return this.directory.state.teams.get(team)?.members ?? [];
  }

  private person(actorId: string): Person {
    const kind = this.directory.state.byActor.get(actorId)?.kind ?? 'human';
    return { actorId, actorType: kind, grants: this.held.byActor(actorId) };
  }
}
