import './inbox.css';
import { Group, Tabs } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import type { TicketView } from '../api/client';
import { environmentsQuery, ticketsQuery, type TicketFilter } from '../api/queries';
import { useProject } from '../app/project';
import type { InboxSearch } from '../app/router';
import { Empty, Page, Panel, Rows } from '../display/page';
import { Problem } from '../display/problem';
import { Filter, TextFilter } from '../display/filter';
import { VirtualTable } from '../display/virtual-table';
import { useSession } from '../session/session';
import { BulkDecision } from './bulk-decision';
import { inboxColumns } from './inbox-columns';
import { TicketDrawer } from './ticket-drawer';
import { whyNotMine } from '../ticket/may-decide';

const TABS = [
  { value: 'mine', label: 'Mine' },
  { value: 'pending', label: 'Pending' },
  { value: 'all', label: 'All' },
] as const;
const NOTHING = {
  mine: ['Nothing waits for you', 'Tickets that you can decide appear here by themselves, with how long they still hold.'],
  pending: ['Nothing waits for approval', 'A release to an environment whose policy asks for approval opens a ticket here.'],
  all: ['No ticket matches', 'Clear a filter to see more.'],
} as const;
const oneOf = <T extends string>(values: readonly T[], value: string | undefined): T | undefined =>
  values.find((candidate) => candidate === value);
const RISKS = ['low', 'medium', 'high', 'critical'] as const;
const PRIORITIES = ['P0', 'P1', 'P2', 'P3'] as const;
const STATUSES = ['pending', 'approved', 'rejected', 'expired', 'superseded', 'cancelled', 'failed', 'voided'] as const;
const SLA = [
  { value: 'on_track', label: 'SLA on track' },
  { value: 'at_risk', label: 'SLA at risk' },
  { value: 'missed', label: 'SLA missed' },
  { value: 'met', label: 'SLA met' },
] as const;
const SORTS = [
  { value: 'newest', label: 'Newest first' },
  { value: 'oldest', label: 'Oldest first' },
  { value: 'priority', label: 'By priority' },
  { value: 'risk', label: 'By risk' },
  { value: 'expiry', label: 'By expiry' },
  { value: 'sla', label: 'By SLA' },
] as const;
const valuesOf = <T extends string>(options: readonly { value: T }[]): T[] => options.map(({ value }) => value);

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
      <Tabs value={tab} onChange={(value) => put({ tab: oneOf(['mine', 'pending', 'all'], value ?? undefined) })}>
        <Tabs.List>
          {TABS.map(({ value, label }) => (
            <Tabs.Tab key={value} value={value}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
      {project === undefined ? <Rows /> : <Tickets project={project} search={search} tab={tab} put={put} />}
      {search.ticket !== undefined && <TicketDrawer id={search.ticket} onClose={() => put({ ticket: undefined })} />}
    </Page>
  );
}

interface TicketsProps {
  project: string;
  search: InboxSearch;
  tab: (typeof TABS)[number]['value'];
  put: (change: Partial<InboxSearch>) => void;
}

function Tickets({ project, search, tab, put }: TicketsProps) {
  const session = useSession();
  const environments = useQuery(environmentsQuery(project));
  const filter: TicketFilter = {
    project,
    filter: tab,
    environment: environments.data?.find(({ name }) => name === search.environment)?.environment_id,
    risk: oneOf(RISKS, search.risk),
    priority: oneOf(PRIORITIES, search.priority),
    status: oneOf(STATUSES, search.status),
    sla_state: oneOf(valuesOf(SLA), search.sla),
    sort: oneOf(valuesOf(SORTS), search.sort),
    q: search.q,
  };
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(ticketsQuery(filter));
  const rows = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const selectable = useCallback((ticket: TicketView) => mayBulk(ticket, session), [session]);
  const selected = rows.filter((ticket) => chosen.has(ticket.ticket_id) && selectable(ticket));
  const toggle = useCallback(
    (id: string) =>
      setChosen((before) => {
        const after = new Set(before);
        if (!after.delete(id)) after.add(id);
        return after;
      }),
    [],
  );
  const columns = useMemo(() => inboxColumns({ chosen, toggle, selectable }), [chosen, toggle, selectable]);
  const [title, says] = NOTHING[tab];
  return (
    <Panel
      flush
      tools={
        <Group gap="xs">
          <Filter
            label="Environment"
            data={environments.data?.map(({ name }) => name) ?? []}
            value={search.environment}
            onChange={(environment) => put({ environment })}
          />
          <Filter label="Risk" data={[...RISKS]} value={filter.risk} onChange={(risk) => put({ risk })} />
          <TextFilter label="Search" value={search.q} onChange={(q) => put({ q })} />
          <Filter label="SLA" data={[...SLA]} value={filter.sla_state} onChange={(sla) => put({ sla })} />
          <Filter label="Order" data={[...SORTS]} value={filter.sort} onChange={(sort) => put({ sort })} />
          <Filter label="Priority" data={[...PRIORITIES]} value={filter.priority} onChange={(priority) => put({ priority })} />
          {tab === 'all' && <Filter label="Status" data={[...STATUSES]} value={filter.status} onChange={(status) => put({ status })} />}
        </Group>
      }
      aside={selected.length > 0 ? <BulkDecision tickets={selected} onDone={() => setChosen(new Set())} /> : undefined}
    >
      {error && !data ? (
        <Problem error={error} what="The inbox could not be read" onRetry={() => void refetch()} />
      ) : !data ? (
        <Rows count={8} />
      ) : rows.length === 0 ? (
        <Empty icon={IconChecklist} title={title}>
          {says}
        </Empty>
      ) : (
        <VirtualTable
          label="Tickets"
          columns={columns}
          rows={rows}
          rowKey={({ ticket_id: id }) => id}
          rowHeight={48}
          onOpen={({ ticket_id: id }) => put({ ticket: id })}
          selected={search.ticket}
          hasMore={hasNextPage}
          isLoadingMore={isFetchingNextPage}
          onMore={more}
        />
      )}
    </Panel>
  );
}
