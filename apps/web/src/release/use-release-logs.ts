import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { api, type Schemas } from '../api/client';
import { STORED_LOG } from '../live/refreshed-lists';
import { latest } from './growing';
import type { LogLine } from './log-line';
import { paced } from './paced';

type LogEntry = Schemas['LogEntry'];
/** Lines that come together are drawn together. */
const GATHER_MS = 100;
const PAGE = 2_000;
/** The reader sees the latest; older ones are let go. */
const MOST_LINES = 50_000;

interface ReleaseLogs {
  readonly lines: readonly LogLine[];
  readonly error: unknown;
}
const NONE: ReleaseLogs = { lines: [], error: null };

const lineOf = ({ at, step, line }: LogEntry): LogLine => ({ at, by: step, line });

interface Logged {
  readonly id: string;
  /** How many executions it has had. */
  readonly runs: number;
  readonly begun: boolean;
  readonly ended: boolean;
}

/** Log lines of a release's steps. One that moves is followed, also beyond its end; of one that had ended before, they are read page by page. */
export function useReleaseLogs({ id, runs, begun, ended }: Logged): ReleaseLogs {
  const [followed, setFollowed] = useState<string>();
  if (begun && !ended && followed !== id) setFollowed(id);
  const follows = followed === id;
  const stored = useStoredLog(id, runs, begun && ended && !follows);
  const live = useLiveLog(id, follows);
  return follows ? live : stored;
}

/** The log of runs that are over never changes, so it is read once. */
const pagesOf = (id: string, runs: number) =>
  infiniteQueryOptions({
    queryKey: [STORED_LOG, id, runs],
    queryFn: async ({ pageParam: cursor }) => {
      const params = { path: { id }, query: { limit: PAGE, cursor } };
      const { entries, next_cursor: next } = (await api.GET('/api/v1/deploy/releases/{id}/logs', { params })).data as Schemas['LogView'];
      return { lines: entries.map(lineOf), next: next ?? undefined };
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    structuralSharing: false,
    staleTime: Infinity,
  });

function useStoredLog(id: string, runs: number, enabled: boolean): ReleaseLogs {
  const { data, error, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery({ ...pagesOf(id, runs), enabled });
  useEffect(() => {
    if (enabled && hasNextPage && !isFetching && !error) void fetchNextPage();
  }, [enabled, hasNextPage, isFetching, error, fetchNextPage]);
  const lines = useMemo(
    () =>
      latest(
        (data?.pages ?? []).flatMap((page) => page.lines),
        MOST_LINES,
      ),
    [data],
  );
  return { lines, error };
}

function useLiveLog(id: string, enabled: boolean): ReleaseLogs {
  const [live, setLive] = useState(NONE);
  useEffect(() => {
    if (!enabled) return undefined;
    const stop = new AbortController();
    let gathered: LogLine[] = [];
    let timer: number | undefined;
    const draw = (): void => {
      timer = undefined;
      const more = gathered;
      gathered = [];
      setLive(({ lines }) => ({ lines: latest([...lines, ...more], MOST_LINES), error: null }));
    };
    const follow = async (): Promise<void> => {
      const rest = paced();
      for await (const { data } of api.events<LogEntry>(`/api/v1/deploy/releases/${id}/logs`, { signal: stop.signal })) {
        gathered.push(lineOf(data));
        timer ??= window.setTimeout(draw, GATHER_MS);
        await rest();
      }
    };
    follow().catch((error: unknown) => setLive(({ lines }) => ({ lines, error })));
    return () => {
      stop.abort();
      window.clearTimeout(timer);
      setLive(NONE);
    };
  }, [id, enabled]);
  return live;
}
