import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { useCallback, useMemo, type ReactNode } from 'react';
import { Rows } from './page';
import { Problem } from './problem';
import { VirtualTable, type VirtualTableProps } from './virtual-table';

interface PagedTableProps<Row extends object> extends Omit<VirtualTableProps<Row>, 'rows' | 'hasMore' | 'isLoadingMore' | 'onMore'> {
  query: UseInfiniteQueryResult<InfiniteData<{ items: Row[] }>>;
  /** What could not be read, if that is so. */
  failed: string;
  /** Rows to draw while nothing has come yet; default 10. */
  waiting?: number;
  /** Shown for a list without rows. */
  empty: ReactNode;
}

/** A list that is read page by page as one scrolls: the table of its rows, or why there is none. */
export function PagedTable<Row extends object>({ query, failed, waiting = 10, empty, ...table }: PagedTableProps<Row>) {
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  if (error && !data) return <Problem error={error} what={failed} onRetry={() => void refetch()} />;
  if (!data) return <Rows count={waiting} />;
  if (rows.length === 0) return empty;
  return <VirtualTable {...table} rows={rows} hasMore={hasNextPage} isLoadingMore={isFetchingNextPage} onMore={more} />;
}
