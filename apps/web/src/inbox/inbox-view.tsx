import './inbox.css';
import { Text } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import type { EnvironmentView, TicketView } from '../api/client';
import { environmentsQuery, ticketsQuery, type TicketFilter } from '../api/queries';
import { useProject } from '../app/project';
import type { InboxSearch } from '../app/router';
import { Empty, Page, Panel, Rows } from '../display/page';
import { Problem } from '../display/problem';
import { VirtualTable } from '../display/virtual-table';
import { useSession } from '../session/session';
import { BulkDecision } from './bulk-decision';
import { inboxColumns } from './inbox-columns';
import { InboxFilters, oneOf, PRIORITIES, RISKS, SLA, SORTS, STATUSES, valuesOf } from './inbox-filters';
import { InboxTabs, type TabName } from './inbox-tabs';
import { TicketDrawer } from './ticket-drawer';
import { whyNotMine } from '../ticket/may-decide';

const NOTHING = {
  mine: ['Nothing waits for you', 'Tickets that you can decide appear here by themselves, with how long they still hold.'],
  pending: ['Nothing waits for approval', 'A release to an environment whose policy asks for approval opens a ticket here.'],
  all: ['No ticket matches', 'Clear a filter to see more.'],
} as const;
/** Only what policy calls low risk may be decided many at a time; the rest is read one by one. */
const mayBulk = (ticket: TicketView, session: ReturnType<typeof useSession>): boolean =>
  ticket.risk === 'low' && whyNotMine(ticket, session) === null;

export function InboxView() {
  const project = useProject();
  const search = useSearch({ from: '/inside/inbox' });
  const navigate = useNavigate({ from: '/inbox' });
  const put = useCallback(
    (change: Partial<InboxSearch>): void => void navigate({ search: (before) => ({ ...before, ...change }), replace: true }),
    [navigate],
  );
  const tab = search.tab ?? 'mine';
  return (
    <Page
      title="Inbox"
      lead="Requests for approval. One rejection ends a request; an approval holds for exactly the preview that was read."
    >
      {project === undefined ? <Rows /> : <Tickets project={project} search={search} tab={tab} put={put} />}
      {search.ticket !== undefined && <TicketDrawer id={search.ticket} onClose={() => put({ ticket: undefined })} />}
    </Page>
  );
}

interface TicketsProps {
  project: string;
  search: InboxSearch;
  tab: TabName;
  put: (change: Partial<InboxSearch>) => void;
}

function Tickets({ project, search, tab, put }: TicketsProps) {
  const session = useSession();
  const environments = useQuery(environmentsQuery(project));
  const filter = filterOf(project, search, environments.data ?? []);
  const query = useInfiniteQuery(ticketsQuery({ ...filter, filter: tab, sort: oneOf(valuesOf(SORTS), search.sort) }));
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const selectable = useCallback((ticket: TicketView) => mayBulk(ticket, session), [session]);
  const { chosen, toggle, clear } = useChosen();
  const selected = rows.filter((ticket) => chosen.has(ticket.ticket_id) && selectable(ticket));
  return (
    <>
      <InboxTabs tab={tab} filter={filter} onTab={(next) => put({ tab: next })} />
      <Panel
        flush
        tools={<InboxFilters tab={tab} search={search} environments={environments.data ?? []} put={put} />}
        aside={selected.length > 0 ? <BulkDecision tickets={selected} onDone={clear} /> : undefined}
      >
        <TicketList query={query} rows={rows} tab={tab} search={search} put={put} selection={{ chosen, toggle, selectable }} />
      </Panel>
      <Text size="xs" c="var(--quiet)" visibleFrom="sm">
        Keys: <kbd>1</kbd> <kbd>2</kbd> <kbd>3</kbd> for the tabs, <kbd>/</kbd> to search, arrows or <kbd>j</kbd> <kbd>k</kbd> from row to
        row, <kbd>Enter</kbd> opens, <kbd>Space</kbd> chooses, <kbd>Esc</kbd> comes back.
      </Text>
    </>
  );
}

/** The filter of the address, without the tab. */
function filterOf(project: string, search: InboxSearch, environments: readonly EnvironmentView[]): Omit<TicketFilter, 'filter' | 'sort'> {
  return {
    project,
    team: search.team,
    environment: environments.find(({ name }) => name === search.environment)?.environment_id,
    risk: oneOf(RISKS, search.risk),
    priority: oneOf(PRIORITIES, search.priority),
    status: oneOf(STATUSES, search.status),
    sla_state: oneOf(valuesOf(SLA), search.sla),
    q: search.q,
  };
}

/** Which tickets are chosen for a decision together. */
function useChosen() {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const toggle = useCallback(
    (id: string) =>
      setChosen((before) => {
        const after = new Set(before);
        if (!after.delete(id)) after.add(id);
        return after;
      }),
    [],
  );
  return { chosen, toggle, clear: () => setChosen(new Set()) };
}

interface TicketListProps extends Pick<TicketsProps, 'tab' | 'search' | 'put'> {
  query: Pick<
    ReturnType<typeof useInfiniteQuery>,
    'error' | 'refetch' | 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage' | 'isPending'
  >;
  rows: TicketView[];
  selection: Parameters<typeof inboxColumns>[0];
}

function TicketList({ query, rows, tab, search, put, selection: { chosen, toggle, selectable } }: TicketListProps) {
  const { fetchNextPage } = query;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const columns = useMemo(() => inboxColumns({ chosen, toggle, selectable }), [chosen, toggle, selectable]);
  const [title, says] = NOTHING[tab];
  if (query.error && rows.length === 0)
    return <Problem error={query.error} what="The inbox could not be read" onRetry={() => void query.refetch()} />;
  if (query.isPending) return <Rows count={8} />;
  if (rows.length === 0)
    return (
      <Empty icon={IconChecklist} title={title}>
        {says}
      </Empty>
    );
  return (
    <VirtualTable
      label="Tickets"
      of={JSON.stringify({ ...search, tab, ticket: undefined })}
      columns={columns}
      rows={rows}
      rowKey={({ ticket_id: id }) => id}
      rowHeight={48}
      onOpen={({ ticket_id: id }) => put({ ticket: id })}
      selected={search.ticket}
      hasMore={query.hasNextPage}
      isLoadingMore={query.isFetchingNextPage}
      onMore={more}
    />
  );
}
