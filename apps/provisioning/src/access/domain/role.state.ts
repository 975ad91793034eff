import type { Permission, RoleEvent } from '@slipway/contracts';
import type { AggregateType } from '@slipway/event-sourcing';

export interface DefinedRole {
  readonly phase: 'defined';
  readonly title: string;
  readonly permissions: readonly Permission[];
}
export type Role = { readonly phase: 'absent' | 'deleted' } | DefinedRole;

const ignore = <S>(_event: never, state: S): S => state;

function evolve(role: Role, event: RoleEvent): Role {
  switch (event.action) {
    case 'role.defined':
      return { phase: 'defined', title: event.detail.title, permissions: event.detail.permissions };
    case 'role.deleted':
      return { phase: 'deleted' };
    default:
      return ignore(event, role);
  }
}

/** A custom role: a named set of the permission strings. Its id is its name. */
export const RoleAggregate: AggregateType<Role, RoleEvent> = { type: 'role', initial: { phase: 'absent' }, evolve };
