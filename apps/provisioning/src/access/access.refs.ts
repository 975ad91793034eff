import { deriveId, NONE, type AggregateRef, type BindingScope, type BindingSubject } from '@slipway/contracts';

/** Roles and teams belong to the platform; their ids are their names. */
export const roleRef = (name: string): AggregateRef => ({ projectId: NONE, type: 'role', id: name });
export const teamRef = (name: string): AggregateRef => ({ projectId: NONE, type: 'team', id: name });

export const accountRef = (projectId: string, ...parts: readonly string[]): AggregateRef => ({
  projectId,
  type: 'account',
  id: deriveId('account', projectId, ...parts),
});
/** Same role, subject and scope: same binding. */
export const bindingRef = (role: string, subject: BindingSubject, scope: BindingScope): AggregateRef => ({
  projectId: scope.project_id,
  type: 'binding',
  id: deriveId('binding', role, subject.kind, subject.ref, scope.kind, scope.team_id, scope.project_id, scope.environment_id),
});
