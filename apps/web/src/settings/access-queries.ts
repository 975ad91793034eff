import { queryOptions } from '@tanstack/react-query';
import { api, type Schemas } from '../api/client';
import { all, MOST } from '../api/queries';
import type { Permission } from './permissions';

export type TokenView = Schemas['TokenView'];
export type AccountView = Schemas['AccountView'];
export type RoleView = Schemas['RoleView'];
export type BindingView = Schemas['BindingView'];
export type TeamView = Schemas['TeamView'];

/** One's own tokens, or those of an account. */
export const tokensQuery = (account: string | undefined) =>
  queryOptions({
    queryKey: ['access', 'tokens', account ?? ''],
    queryFn: () =>
      all(async (cursor) => (await api.GET('/api/v1/access/tokens', { params: { query: { account, limit: MOST, cursor } } })).data!),
  });

/** All that the caller may see: of every project, of the platform, and the caller's own delegates. */
export const accountsQuery = queryOptions({
  queryKey: ['access', 'accounts'],
  queryFn: () => all(async (cursor) => (await api.GET('/api/v1/access/accounts', { params: { query: { limit: MOST, cursor } } })).data!),
});

export const rolesQuery = queryOptions({
  queryKey: ['access', 'roles'],
  queryFn: async () => (await api.GET('/api/v1/access/roles', {})).data!.items,
});

export const bindingsQuery = (project: string) =>
  queryOptions({
    queryKey: ['access', 'bindings', project],
    queryFn: () =>
      all(async (cursor) => (await api.GET('/api/v1/access/bindings', { params: { query: { project, limit: MOST, cursor } } })).data!),
  });

export const teamsQuery = queryOptions({
  queryKey: ['access', 'teams'],
  queryFn: async () => (await api.GET('/api/v1/access/teams', {})).data!.items,
});

interface AccessFilter {
  readonly project: string;
  readonly environment: string | undefined;
  readonly subject: string | undefined;
  readonly permission: Permission | undefined;
}
/** Who may do what in a place, and why. */
export const accessQuery = (filter: AccessFilter) =>
  queryOptions({
    queryKey: ['access', 'view', filter],
    queryFn: async () => (await api.GET('/api/v1/access/view', { params: { query: filter } })).data!.items,
  });
