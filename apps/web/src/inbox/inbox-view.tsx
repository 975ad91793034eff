import { Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { EnvironmentView } from '../api/client';
import { environmentsQuery, ticketsQuery, type TicketFilter } from '../api/queries';
import { useProject } from '../app/project';
import type { InboxSearch } from '../app/router';
import { NoProject } from '../catalogue/no-project';
import { Page, Panel } from '../display/page';
import { BulkDecision } from './bulk-decision';
import { ChosenProvider, useChosen } from './chosen';
import { InboxFilters, oneOf, PRIORITIES, RISKS, SLA, SORTS, STATUSES, valuesOf } from './inbox-filters';
import { InboxTabs, type TabName } from './inbox-tabs';
import { TicketDrawer } from './ticket-drawer';
import { TicketList, ticketOf } from './ticket-list';

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
  const { data } = useQuery({ ...environmentsQuery(project ?? ''), enabled: project !== undefined });
  const environments = data ?? NO_PLACES;
  const filter = useMemo(() => filterOf(project, search, environments), [project, search, environments]);
  const query = useInfiniteQuery({
    ...ticketsQuery({ ...filter, filter: tab, sort: oneOf(valuesOf(SORTS), search.sort) }),
    // Which environment is meant is not known before.
    enabled: search.environment === undefined || project === undefined || data !== undefined,
  });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const chosen = useChosen();
  return (
    <>
      <InboxTabs tab={tab} filter={filter} put={put} />
      <Panel
        flush
        tools={<InboxFilters project={project} tab={tab} search={search} environments={environments} put={put} />}
        aside={<BulkDecision rows={rows} chosen={chosen} />}
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
