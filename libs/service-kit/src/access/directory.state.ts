import {
  NONE,
  type AccountEvent,
  type AccountKind,
  type AccountParent,
  type BindingEvent,
  type BindingScope,
  type BindingSubject,
  type EnvironmentEvent,
  type EventEnvelope,
  type Grant,
  type Permission,
  type ProjectEvent,
  type RoleEvent,
  type TeamEvent,
  type TokenEvent,
} from '@slipway/contracts';
import { KnownTokens, type KnownToken } from './known-tokens';

export interface Seen {
  readonly issuer: string;
  readonly name: string;
  readonly groups: readonly string[];
  readonly claims: readonly Grant[];
}
export interface KnownAccount {
  readonly id: string;
  readonly projectId: string;
  readonly actorId: string;
  readonly kind: AccountKind;
  readonly name: string;
  readonly title: string;
  readonly parent: AccountParent | null;
  readonly seen: Seen | null;
  readonly disabled: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
}
export interface KnownRole {
  readonly title: string;
  readonly permissions: readonly Permission[];
  readonly updatedAt: string;
}
export interface KnownBinding {
  readonly id: string;
  readonly role: string;
  readonly subject: BindingSubject;
  readonly scope: BindingScope;
  readonly source: 'log' | 'configuration';
  readonly createdBy: string;
  readonly createdAt: string | null;
}
export interface KnownTeam {
  readonly title: string;
  readonly members: readonly string[];
  readonly updatedAt: string;
}

/** Who there is and what is bound to whom: the log's events on it, folded. A few hundred bytes for each account, token and binding. */
export class DirectoryState {
  readonly accounts = new Map<string, KnownAccount>();
  readonly byActor = new Map<string, KnownAccount>();
  readonly roles = new Map<string, KnownRole>();
  readonly bindings = new Map<string, KnownBinding>();
  readonly teams = new Map<string, KnownTeam>();
  private readonly ofTokens = new KnownTokens();
  private readonly teamOfProject = new Map<string, string>();
  private readonly environments = new Map<string, Set<string>>();

  get tokens(): ReadonlyMap<string, KnownToken> {
    return this.ofTokens.tokens;
  }

  take(event: EventEnvelope): void {
    switch (event.resource_type) {
      case 'account':
        return this.account(event as AccountEvent);
      case 'token':
        return this.ofTokens.take(event as TokenEvent);
      case 'role':
        return this.role(event as RoleEvent);
      case 'binding':
        return this.binding(event as BindingEvent);
      case 'team':
        return this.team(event as TeamEvent);
      case 'project':
        return this.project(event as ProjectEvent);
      case 'environment':
        return this.environment(event as EnvironmentEvent);
    }
  }

  projectsOfTeam(team: string): string[] {
    return [...this.teamOfProject].filter(([, owner]) => owner === team).map(([project]) => project);
  }

  environmentsOf(projectId: string): string[] {
    return [...(this.environments.get(projectId) ?? [])];
  }

  private account(event: AccountEvent): void {
    const { resource_id: id, project_id: projectId, occurred_at: at } = event;
    const before = this.accounts.get(id);
    const put = (account: KnownAccount): void => {
      this.accounts.set(id, account);
      this.byActor.set(account.actorId, account);
    };
    if (event.action === 'account.created') {
      const { actor_id: actorId, kind, name, title, parent } = event.detail;
      return put({ id, projectId, actorId, kind, name, title, parent, seen: null, disabled: false, createdAt: at, updatedAt: at });
    }
    if (event.action === 'account.seen') {
      const { actor_id: actorId, name, issuer, groups, claims } = event.detail;
      const person = { id, projectId: NONE, actorId, kind: 'human', parent: null, disabled: false, createdAt: at } as const;
      return put({ ...(before ?? person), name, title: name, seen: { issuer, name, groups, claims }, updatedAt: at });
    }
    if (before) put({ ...before, disabled: event.action === 'account.disabled', updatedAt: at });
  }

  private role(event: RoleEvent): void {
    if (event.action === 'role.deleted') this.roles.delete(event.resource_id);
    else {
      const { title, permissions } = event.detail;
      this.roles.set(event.resource_id, { title, permissions, updatedAt: event.occurred_at });
    }
  }

  private binding(event: BindingEvent): void {
    const { resource_id: id, actor_id: createdBy, occurred_at: createdAt } = event;
    if (event.action === 'binding.deleted') this.bindings.delete(id);
    else this.bindings.set(id, { id, ...event.detail, source: 'log', createdBy, createdAt });
  }

  private team(event: TeamEvent): void {
    if (event.action === 'team.deleted') this.teams.delete(event.resource_id);
    else {
      const { title, members } = event.detail;
      this.teams.set(event.resource_id, { title, members, updatedAt: event.occurred_at });
    }
  }

  private project(event: ProjectEvent): void {
    if (event.action === 'project.created' && event.detail.team_id !== NONE) {
      this.teamOfProject.set(event.resource_id, event.detail.team_id);
    }
  }

  private environment(event: EnvironmentEvent): void {
    if (event.action !== 'environment.created') return;
    const known = this.environments.get(event.project_id) ?? new Set();
    this.environments.set(event.project_id, known.add(event.resource_id));
  }
}
