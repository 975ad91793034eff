import type { operations } from '@slipway/api-client';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, type Schemas, type TimelineEntry } from '../api/client';
import { LONG, MOST } from '../api/queries';

export type GroupFilter = Omit<NonNullable<operations['listGroups']['parameters']['query']>, 'cursor' | 'limit'>;

export const groupQuery = (id: string) =>
  queryOptions({
    queryKey: ['group', id],
    queryFn: async () => (await api.GET('/api/v1/deploy/groups/{id}', { params: { path: { id } } })).data!,
  });

/** The drafts never change; the group does, and is a query of its own. */
export const groupPreviewQuery = (id: string) =>
  queryOptions({
    queryKey: ['preview', 'group', id],
    queryFn: async () => (await api.GET('/api/v1/deploy/groups/{id}/preview', { params: { path: { id } } })).data!,
    staleTime: Infinity,
  });

/** What happened to the group and to each of its releases, in the order of the log. */
export const groupTimelineQuery = (id: string) =>
  queryOptions({
    queryKey: ['group-timeline', id],
    queryFn: async () => {
      const entries: TimelineEntry[] = [];
      let cursor: string | undefined;
      do {
        const params = { path: { id }, query: { limit: MOST, cursor } };
        const page = (await api.GET('/api/v1/deploy/groups/{id}/timeline', { params })).data as Schemas['GroupTimelineView'];
        entries.push(...page.entries);
        cursor = page.next_cursor ?? undefined;
      } while (cursor !== undefined);
      return entries;
    },
  });

export const groupsPage = async (filter: GroupFilter, cursor: string | undefined) =>
  (await api.GET('/api/v1/deploy/groups', { params: { query: { ...filter, limit: MOST, cursor } } })).data!;

export const groupsQuery = (filter: GroupFilter) =>
  infiniteQueryOptions({
    queryKey: ['groups', 'list', filter],
    queryFn: ({ pageParam: cursor }) => groupsPage(filter, cursor),
    ...LONG,
  });
