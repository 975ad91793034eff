import { Injectable } from '@nestjs/common';
import {
  grantsOf,
  requirePermissionsAt,
  requireProject,
  SlipwayError,
  unknownResource,
  wholeProject,
  type Grant,
  type Permission,
  type Principal,
  type Subscriber,
} from '@slipway/contracts';
import { AccessDirectory } from '@slipway/service-kit';

/** Who governs a place says who is told of it (ADR 0005). */
const ADMINISTER: readonly Permission[] = ['deploy:release:apply', 'deploy:release:approve'];
/** One environment of a project is not the project: it takes all of them. */
const administersWhole = ({ permissions, environments }: Grant): boolean =>
  environments.includes('*') && ADMINISTER.every((one) => permissions.includes(one));

/** Who may manage whose subscriptions: a person his own, a member the team's, an administrator the project's or the platform's. */
@Injectable()
export class SubscriptionAccess {
  constructor(private readonly directory: AccessDirectory) {}

  /** @throws SlipwayError `forbidden`, `unknown_resource` */
  requireManager(principal: Principal, owner: Subscriber, ref: string): void {
    const { actorId, actorType } = principal;
    if (actorType === 'agent') {
      throw new SlipwayError('forbidden', `'${actorId}' is an agent; agents watch through their session and subscribe to nothing.`, {
        actor_type: actorType,
      });
    }
    if (owner.kind === 'user' && owner.ref !== actorId) throw unknownResource('subscription', ref);
    if (owner.kind === 'team') this.requireMember(principal, owner.ref);
    if (owner.kind === 'project') {
      requireProject(principal, owner.ref);
      requirePermissionsAt(principal, wholeProject(owner.ref), ...ADMINISTER);
    }
    if (owner.kind === 'platform' && !administersPlatform(principal)) {
      throw new SlipwayError('forbidden', `Subscriptions of the platform are managed by its administrators; '${actorId}' is none.`, {
        scope: 'platform',
      });
    }
  }

  teamsOf({ actorId }: Principal): string[] {
    return [...this.directory.state.teams].filter(([, { members }]) => members.includes(actorId)).map(([team]) => team);
  }

  private requireMember(principal: Principal, team: string): void {
    if (!this.directory.state.teams.has(team)) throw unknownResource('team', team);
    if (this.teamsOf(principal).includes(team) || administersPlatform(principal)) return;
    throw new SlipwayError('forbidden', `'${principal.actorId}' is no member of the team '${team}'; one of its members can do this.`, {
      team,
    });
  }
}

export const administersPlatform = (principal: Principal): boolean =>
  grantsOf(principal).some((grant) => administersWhole(grant) && grant.projects.includes('*'));

/** Projects that the principal administers as a whole, and so manages the subscriptions of; '*' may be among them. */
export const administeredProjects = (principal: Principal): string[] => [
  ...new Set(
    grantsOf(principal)
      .filter(administersWhole)
      .flatMap(({ projects }) => projects),
  ),
];
