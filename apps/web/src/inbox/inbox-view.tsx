import { Text } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { EnvironmentView, TicketView } from '../api/client';
import { environmentsQuery, ticketsQuery, type TicketFilter } from '../api/queries';
import { useProject } from '../app/project';
import type { InboxSearch } from '../app/router';
import { NoProject } from '../catalogue/no-project';
import { ClearFilters } from '../display/filter';
import { Empty, Page, Panel, Rows } from '../display/page';
import { Problem } from '../display/problem';
import { VirtualTable } from '../display/virtual-table';
import { BulkDecision } from './bulk-decision';
import { ChosenProvider, useChosen } from './chosen';
import { INBOX_CARD, INBOX_COLUMNS, INBOX_COLUMNS_ACROSS } from './inbox-columns';
import { InboxFilters, isFiltered, NO_FILTER, oneOf, PRIORITIES, RISKS, SLA, SORTS, STATUSES, valuesOf } from './inbox-filters';
import { InboxTabs, type TabName } from './inbox-tabs';
import { TicketDrawer } from './ticket-drawer';

const NOTHING = {
  mine: ['Nothing waits for you', 'Tickets that you can decide appear here by themselves, with how long they still hold.'],
  pending: ['Nothing waits for approval', 'A release to an environment whose policy asks for approval opens a ticket here.'],
  all: [
    'No ticket yet',
    'Whatever asks for approval opens a ticket: a release, a rollback, a change of policy. What became of it stays here.',
  ],
} as const;
const NO_MATCH = ['No ticket matches', 'None is what all filters ask for.'] as const;
const NO_PLACES: readonly EnvironmentView[] = [];

export function InboxView() {
  const project = useProject();
  const search = useSearch({ from: '/inside/inbox', select: withoutTicket, structuralSharing: true });
  const put = usePut();
  const tab = search.tab ?? 'mine';
  return (
    <Page
      title="Inbox"
      lead="Requests for approval. One rejection ends a request; an approval holds for exactly the preview that was read."
    >
      {project === undefined ? <NoProject /> : <Tickets project={search.every ? undefined : project} search={search} tab={tab} put={put} />}
      <OpenedTicket />
    </Page>
  );
}

/** What the list is of: opening a ticket changes nothing of that, and draws no filter anew. */
const withoutTicket = ({ ticket: _, ...search }: InboxSearch): InboxSearch => search;
const ticketOf = ({ ticket }: InboxSearch): string | undefined => ticket;

/** Changes the address, and nothing of where one has scrolled to. */
function usePut(): (change: Partial<InboxSearch>) => void {
  const navigate = useNavigate({ from: '/inbox' });
  return useCallback(
    (change) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false }),
    [navigate],
  );
}

function OpenedTicket() {
  const ticket = useSearch({ from: '/inside/inbox', select: ticketOf });
  const put = usePut();
  return ticket === undefined ? null : <TicketDrawer id={ticket} onClose={() => put({ ticket: undefined })} />;
}

interface TicketsProps {
  /** Undefined: every project. */
  project: string | undefined;
  search: InboxSearch;
  tab: TabName;
  put: (change: Partial<InboxSearch>) => void;
}

function Tickets({ project, search, tab, put }: TicketsProps) {
  const { data: environments = NO_PLACES } = useQuery({ ...environmentsQuery(project ?? ''), enabled: project !== undefined });
  const filter = useMemo(() => filterOf(project, search, environments), [project, search, environments]);
  const query = useInfiniteQuery(ticketsQuery({ ...filter, filter: tab, sort: oneOf(valuesOf(SORTS), search.sort) }));
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const chosen = useChosen();
  const { ids, clear, mayChoose } = chosen;
  const selected = ids.size === 0 ? [] : rows.filter((ticket) => ids.has(ticket.ticket_id) && mayChoose(ticket));
  return (
    <>
      <InboxTabs tab={tab} filter={filter} put={put} />
      <Panel
        flush
        tools={<InboxFilters project={project} tab={tab} search={search} environments={environments} put={put} />}
        aside={selected.length > 0 ? <BulkDecision tickets={selected} onDone={clear} /> : undefined}
      >
        <ChosenProvider value={chosen}>
          <TicketList query={query} rows={rows} tab={tab} search={search} put={put} />
        </ChosenProvider>
      </Panel>
      <Text size="xs" c="var(--quiet)" visibleFrom="sm">
        Keys: <kbd>1</kbd> <kbd>2</kbd> <kbd>3</kbd> for the tabs, <kbd>/</kbd> to search, arrows or <kbd>j</kbd> <kbd>k</kbd> from row to
        row, <kbd>Enter</kbd> opens, <kbd>Space</kbd> chooses, <kbd>Esc</kbd> comes back.
      </Text>
    </>
  );
}

/** The filter of the address, without the tab. */
function filterOf(
  project: string | undefined,
  search: InboxSearch,
  environments: readonly EnvironmentView[],
): Omit<TicketFilter, 'filter' | 'sort'> {
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

interface TicketListProps extends Pick<TicketsProps, 'tab' | 'search' | 'put'> {
  query: Pick<
    ReturnType<typeof useInfiniteQuery>,
    'error' | 'refetch' | 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage' | 'isPending'
  >;
  rows: TicketView[];
}

function TicketList({ query, rows, tab, search, put }: TicketListProps) {
  const { fetchNextPage } = query;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const opened = useSearch({ from: '/inside/inbox', select: ticketOf });
  const filtered = isFiltered(search);
  const [title, says] = filtered ? NO_MATCH : NOTHING[tab];
  if (query.error && rows.length === 0)
    return <Problem error={query.error} what="The inbox could not be read" onRetry={() => void query.refetch()} />;
  if (query.isPending) return <Rows count={8} />;
  if (rows.length === 0)
    return (
      <Empty icon={IconChecklist} title={title} action={filtered && <ClearFilters onClear={() => put(NO_FILTER)} />}>
        {says}
      </Empty>
    );
  return (
    <VirtualTable
      label="Tickets"
      of={JSON.stringify({ ...search, tab })}
      columns={search.every ? INBOX_COLUMNS_ACROSS : INBOX_COLUMNS}
      card={INBOX_CARD}
      rows={rows}
      rowKey={({ ticket_id: id }) => id}
      rowHeight={48}
      onOpen={({ ticket_id: id }) => put({ ticket: id })}
      selected={opened}
      hasMore={query.hasNextPage}
      isLoadingMore={query.isFetchingNextPage}
      onMore={more}
    />
  );
}
