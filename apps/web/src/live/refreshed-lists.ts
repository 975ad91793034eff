import type { InfiniteData, Query, QueryClient } from '@tanstack/react-query';
import { groupsPage, type GroupFilter } from '../group/group-queries';
import { merged, type Page } from './merged-pages';
import { auditPage, releasesPage, ticketsPage, type AuditFilter, type ReleaseFilter, type TicketFilter } from '../api/queries';

type Pages = InfiniteData<Page, string | undefined>;

/** A kind of long list: how one of its pages is read, and what names a row of it. */
interface LongList {
  readonly fetch: (filter: unknown, cursor: string | undefined) => Promise<Page>;
  readonly id: string;
}
const LISTS: Readonly<Record<string, LongList>> = {
  releases: { fetch: (filter, cursor) => releasesPage(filter as ReleaseFilter, cursor), id: 'release_id' },
  groups: { fetch: (filter, cursor) => groupsPage(filter as GroupFilter, cursor), id: 'group_id' },
  tickets: { fetch: (filter, cursor) => ticketsPage(filter as TicketFilter, cursor), id: 'ticket_id' },
  audit: { fetch: (filter, cursor) => auditPage(filter as AuditFilter, cursor), id: 'event_id' },
};
/** Keys of long lists read `[kind, 'list', filter]`. */
const listOf = ({ queryKey: [kind, what] }: Pick<Query, 'queryKey'>): LongList | undefined =>
  what === 'list' ? LISTS[String(kind)] : undefined;
const isLongList = (query: Pick<Query, 'queryKey'>): boolean => listOf(query) !== undefined;

/** Pages that a list keeps over a lost connection: it can have changed anywhere meanwhile, and all of them are read again. */
const KEPT_PAGES = 3;

/**
 * Brings the lists of a kind that are in sight up to date with what changed: their first page, and those that hold what changed. A list
 * of 10,000 rows is fifty pages; read again whole for every event, it would never come to rest. Lists out of sight are marked as old.
 */
async function refreshLists(queries: QueryClient, kind: string, changed: ReadonlySet<string>): Promise<void> {
  const known = queries.getQueryCache().findAll({ queryKey: [kind, 'list'] });
  await Promise.all(known.map((query) => (query.isActive() ? refresh(queries, query, changed) : Promise.resolve(query.invalidate()))));
}

/** Reads again what queries of a kind know of the changed rows, e.g. of `tickets`: counts and short lists whole, long lists in part. */
export async function refreshKind(queries: QueryClient, kind: string, changed: ReadonlySet<string>): Promise<void> {
  const short = queries.invalidateQueries({ queryKey: [kind], predicate: (query) => !isLongList(query) });
  await Promise.all([short, refreshLists(queries, kind, changed)]);
}

async function refresh(queries: QueryClient, query: Query, changed: ReadonlySet<string>): Promise<void> {
  const list = listOf(query)!;
  await atRest(query);
  const held = query.state.data as Pages | undefined;
  if (!held) return;
  const idOf = (row: object): string => String((row as Record<string, unknown>)[list.id]);
  const old = held.pages.flatMap((page, index) => (index === 0 || page.items.some((row) => changed.has(idOf(row))) ? [index] : []));
  const fresh = new Map<number, Page>();
  // One after the other: many pages must not stand in the way of what somebody waits for.
  for (const index of old) fresh.set(index, await list.fetch(query.queryKey[2], held.pageParams[index]));
  await atRest(query);
  queries.setQueryData<Pages>(query.queryKey, (now) => {
    if (!now) return now;
    const pages = merged(now.pages, fresh, idOf, changed);
    return { pages, pageParams: now.pageParams.slice(0, pages.length) };
  });
}

/** A page that is being read would put back what its list was when it was asked for. */
const atRest = async (query: Query): Promise<void> => {
  while (query.state.fetchStatus === 'fetching') await query.promise?.catch(() => undefined);
};

/** Kind of the queries that read what is over and done with: a log of tens of thousands of lines is not read again for nothing. */
export const STORED_LOG = 'stored-log';
/** A draft under a person's eyes, and what cannot change. */
const KEPT: readonly unknown[] = ['preview', STORED_LOG];

/** After a break anything can have changed: long lists begin anew with a few pages, everything else is read again. */
export async function refreshAll(queries: QueryClient): Promise<void> {
  for (const query of queries.getQueryCache().getAll().filter(isLongList)) {
    queries.setQueryData<Pages>(
      query.queryKey,
      (held) => held && { pages: held.pages.slice(0, KEPT_PAGES), pageParams: held.pageParams.slice(0, KEPT_PAGES) },
    );
  }
  await queries.invalidateQueries({ predicate: ({ queryKey }) => !KEPT.includes(queryKey[0]) });
}
