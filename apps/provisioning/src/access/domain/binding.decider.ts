import { NONE, SlipwayError, unknownResource, type BindingScope, type BindingSubject, type NewBindingEvent } from '@slipway/contracts';
import type { Binding } from './binding.state';

export interface NewBinding {
  readonly role: string;
  readonly subject: BindingSubject;
  readonly scope: BindingScope;
}

/** @throws SlipwayError `already_exists` */
export function createBinding({ role, subject, scope }: NewBinding, state: Binding): NewBindingEvent[] {
  if (state.phase === 'bound') {
    throw new SlipwayError('already_exists', `'${subject.ref}' has the role '${role}' there already.`, { binding_id: state.id });
  }
  return [{ action: 'binding.created', status: 'bound', ...placeOf(scope), detail: { role, subject, scope } }];
}

/** @throws SlipwayError `unknown_resource` */
export function deleteBinding(reason: string | undefined, state: Binding, ref: string): NewBindingEvent[] {
  if (state.phase !== 'bound') throw unknownResource('binding', ref);
  return [{ action: 'binding.deleted', status: 'deleted', ...placeOf(state.scope), detail: { reason: reason ?? '' } }];
}

const placeOf = (scope: BindingScope): { teamId?: string; environmentId?: string } => ({
  ...(scope.team_id === NONE ? {} : { teamId: scope.team_id }),
  ...(scope.environment_id === NONE ? {} : { environmentId: scope.environment_id }),
});
