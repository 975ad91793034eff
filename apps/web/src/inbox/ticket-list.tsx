import { IconChecklist } from '@tabler/icons-react';
import type { useInfiniteQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { TicketEntry } from '../api/client';
import type { InboxSearch } from '../app/router';
import { ClearFilters } from '../display/filter';
import { Empty, Rows } from '../display/page';
import { Problem } from '../display/problem';
import { VirtualTable } from '../display/virtual-table';
import { INBOX_CARD, INBOX_COLUMNS, INBOX_COLUMNS_ACROSS } from './inbox-columns';
import { isFiltered, NO_FILTER } from './inbox-filters';
import type { TabName } from './inbox-tabs';

const NOTHING = {
  mine: ['Nothing waits for you', 'Tickets that you can decide appear here by themselves, with how long they still hold.'],
  pending: ['Nothing waits for approval', 'A release to an environment whose policy asks for approval opens a ticket here.'],
  all: [
    'No ticket yet',
    'Whatever asks for approval opens a ticket: a release, a rollback, a change of policy. What became of it stays here.',
  ],
} as const;
const NO_MATCH = ['No ticket matches', 'None is what all filters ask for.'] as const;

/** The ticket that the address opens. */
export const ticketOf = ({ ticket }: InboxSearch): string | undefined => ticket;

interface TicketListProps {
  tab: TabName;
  search: InboxSearch;
  put: (change: Partial<InboxSearch>) => void;
  query: Pick<
    ReturnType<typeof useInfiniteQuery>,
    'error' | 'refetch' | 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage' | 'isPending'
  >;
  rows: TicketEntry[];
}

/** The table of tickets, or why there is none. */
export function TicketList({ query, rows, tab, search, put }: TicketListProps) {
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
