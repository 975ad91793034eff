import type { operations } from '@slipway/api-client';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, type ReleaseView, type Schemas, type TimelineEntry } from './client';

type Query<Name extends keyof operations> = Omit<NonNullable<operations[Name]['parameters']['query']>, 'cursor' | 'limit'>;
export type ReleaseFilter = Query<'listReleases'>;
export type TicketFilter = Query<'listTickets'>;
export type AuditFilter = Query<'listAuditEvents'>;

interface Page<T> {
  items: T[];
  next_cursor: string | null;
}
/** The longest page that the gateway gives. */
export const MOST = 200;
/** Of long lists: read page by page as one scrolls. Events keep them up to date, see live/refreshed-lists.ts; age does not make them old. */
export const LONG = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page: Page<unknown>) => page.next_cursor ?? undefined,
  placeholderData: keepPreviousData,
  staleTime: Infinity,
};

/** Every page of a list that is short by nature: environments, services, slots, tokens. Bounded. */
export async function all<T>(page: (cursor: string | undefined) => Promise<Page<T>>, bound = 25): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < bound; pages++) {
    const next = await page(cursor);
    items.push(...next.items);
    if (next.next_cursor === null) break;
    cursor = next.next_cursor;
  }
  return items;
}

export const projectsQuery = queryOptions({
  queryKey: ['projects'],
  queryFn: () => all(async (cursor) => (await api.GET('/api/v1/projects', { params: { query: { limit: MOST, cursor } } })).data!),
});

export const environmentsQuery = (project: string) =>
  queryOptions({
    queryKey: ['environments', project],
    queryFn: () =>
      all(async (cursor) => (await api.GET('/api/v1/environments', { params: { query: { project, limit: MOST, cursor } } })).data!),
  });

export const servicesQuery = (project: string) =>
  queryOptions({
    queryKey: ['services', project],
    queryFn: () =>
      all(async (cursor) => (await api.GET('/api/v1/services', { params: { query: { project, limit: MOST, cursor } } })).data!),
  });

export const targetsQuery = (project: string) =>
  queryOptions({
    queryKey: ['targets', project],
    queryFn: () =>
      all(async (cursor) => (await api.GET('/api/v1/deploy/targets', { params: { query: { project, limit: MOST, cursor } } })).data!),
  });

export const artifactsQuery = (project: string, service: string) =>
  queryOptions({
    queryKey: ['artifacts', project, service],
    queryFn: async () => (await api.GET('/api/v1/artifacts', { params: { query: { project, service, limit: 100 } } })).data!.items,
  });

export const secretsQuery = (project: string, environment: string) =>
  queryOptions({
    queryKey: ['secrets', project, environment],
    queryFn: async () =>
      (await api.GET('/api/v1/environments/{id}/secrets', { params: { path: { id: environment }, query: { project } } })).data!.items,
  });

export const slotsQuery = (project: string) =>
  queryOptions({
    queryKey: ['slots', project],
    queryFn: () =>
      all(async (cursor) => (await api.GET('/api/v1/deploy/slots', { params: { query: { project, limit: MOST, cursor } } })).data!),
  });

export const slotStatusQuery = (id: string) =>
  queryOptions({
    queryKey: ['slot-status', id],
    queryFn: async () => (await api.GET('/api/v1/deploy/slots/{id}/status', { params: { path: { id } } })).data!,
    refetchInterval: 15_000,
  });

const IN_FLIGHT = ['pending_approval', 'approved', 'applying', 'verifying', 'rolling_back'] as const satisfies ReleaseView['status'][];

/** Releases on their way, whatever their age. */
export const inFlightQuery = (project: string) =>
  queryOptions({
    queryKey: ['releases', 'in-flight', project],
    queryFn: async () => {
      const pages = await Promise.all(
        IN_FLIGHT.map((status) => api.GET('/api/v1/deploy/releases', { params: { query: { project, status, limit: 50 } } })),
      );
      return pages.flatMap((page) => page.data!.items).sort((a, b) => b.updated_at.localeCompare(a.updated_at));
    },
  });

export const releasesPage = async (filter: ReleaseFilter, cursor: string | undefined) =>
  (await api.GET('/api/v1/deploy/releases', { params: { query: { ...filter, limit: MOST, cursor } } })).data!;

export const releasesQuery = (filter: ReleaseFilter) =>
  infiniteQueryOptions({
    queryKey: ['releases', 'list', filter],
    queryFn: ({ pageParam: cursor }) => releasesPage(filter, cursor),
    ...LONG,
  });

export const releaseQuery = (id: string) =>
  queryOptions({
    queryKey: ['release', id],
    queryFn: async () => (await api.GET('/api/v1/deploy/releases/{id}', { params: { path: { id } } })).data!,
  });

/** The draft never changes; its release does, and is a query of its own. */
export const previewQuery = (id: string) =>
  queryOptions({
    queryKey: ['preview', id],
    queryFn: async () => (await api.GET('/api/v1/deploy/releases/{id}/preview', { params: { path: { id } } })).data!,
    staleTime: Infinity,
  });

export const timelineQuery = (id: string) =>
  queryOptions({
    queryKey: ['timeline', id],
    queryFn: async () => {
      const entries: TimelineEntry[] = [];
      let cursor: string | undefined;
      do {
        const { data } = await api.GET('/api/v1/deploy/releases/{id}/timeline', {
          params: { path: { id }, query: { limit: MOST, cursor } },
        });
        const page = data as Schemas['TimelineView'];
        entries.push(...page.entries);
        cursor = page.next_cursor ?? undefined;
      } while (cursor !== undefined);
      return entries;
    },
  });

export const recordQuery = (id: string) =>
  queryOptions({
    queryKey: ['record', id],
    queryFn: async () => (await api.GET('/api/v1/audit/deployments/{id}', { params: { path: { id } } })).data!,
  });

export const ticketsPage = async (filter: TicketFilter, cursor: string | undefined) =>
  (await api.GET('/api/v1/approvals/inbox', { params: { query: { ...filter, limit: MOST, cursor } } })).data!;

export const ticketsQuery = (filter: TicketFilter) =>
  infiniteQueryOptions({
    queryKey: ['tickets', 'list', filter],
    queryFn: ({ pageParam: cursor }) => ticketsPage(filter, cursor),
    ...LONG,
  });

/** How many tickets each tab of the inbox holds, under the other filters. */
export const ticketCountsQuery = (filter: Omit<TicketFilter, 'filter' | 'sort'>) =>
  queryOptions({
    queryKey: ['tickets', 'counts', filter],
    queryFn: async () => (await api.GET('/api/v1/approvals/counts', { params: { query: filter } })).data!,
    placeholderData: keepPreviousData,
  });

/** The first few that wait for the caller's decision, those that expire soonest before the others. */
export const waitingQuery = (project: string) =>
  queryOptions({
    queryKey: ['tickets', 'waiting', project],
    queryFn: async () =>
      (await api.GET('/api/v1/approvals/inbox', { params: { query: { filter: 'decidable', sort: 'expiry', project, limit: 3 } } })).data!
        .items,
  });

/** Rollbacks that wait for a decision: their releases are applied still, and in no list of what is on its way. */
export const rollbacksAskedQuery = (project: string) =>
  queryOptions({
    queryKey: ['tickets', 'rollbacks', project],
    queryFn: async () =>
      (await api.GET('/api/v1/approvals/inbox', { params: { query: { filter: 'pending', act: 'rollback', project, limit: MOST } } })).data!
        .items,
  });

export const ticketQuery = (id: string) =>
  queryOptions({
    queryKey: ['ticket', id],
    queryFn: async () => (await api.GET('/api/v1/approvals/inbox/{id}', { params: { path: { id } } })).data!,
  });

export const lockQuery = (id: string) =>
  queryOptions({
    queryKey: ['lock', id],
    queryFn: async () => (await api.GET('/api/v1/environments/{id}/lock', { params: { path: { id } } })).data!,
    refetchInterval: 10_000,
  });

export const auditPage = async (filter: AuditFilter, cursor: string | undefined) =>
  (await api.GET('/api/v1/audit/events', { params: { query: { ...filter, limit: MOST, cursor } } })).data!;

export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit', 'list', filter],
    queryFn: ({ pageParam: cursor }) => auditPage(filter, cursor),
    ...LONG,
  });
