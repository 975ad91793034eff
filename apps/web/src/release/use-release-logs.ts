import { queryOptions, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, type Schemas } from '../api/client';
import { GatheredLog, NO_LOG, type Log } from '../log/gathered-log';
import { paced } from '../log/paced';

type LogEntry = Schemas['LogEntry'];

const PAGE = 2_000;
/** The reader sees the latest; older ones are let go. */
const MOST_LINES = 50_000;

interface ReleaseLogs {
  readonly log: Log;
  readonly error: unknown;
}
const NOTHING: ReleaseLogs = { log: NO_LOG, error: null };

const pageOf = (id: string, cursor: string | undefined) =>
  queryOptions({
    queryKey: ['logs', id, cursor ?? ''],
    queryFn: async () => {
      const params = { path: { id }, query: { limit: PAGE, cursor } };
      return (await api.GET('/api/v1/deploy/releases/{id}/logs', { params })).data as Schemas['LogView'];
    },
    gcTime: 0,
  });

/** Lines that are kept of a release, in order, page by page. */
async function* storedLines(id: string, queries: QueryClient, signal: AbortSignal): AsyncGenerator<LogEntry, void> {
  let cursor: string | undefined;
  do {
    const page = await queries.fetchQuery(pageOf(id, cursor));
    yield* page.entries;
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined && !signal.aborted);
}

/** Lines of a release as they are written, from the first on; never ends by itself. */
async function* writtenLines(id: string, signal: AbortSignal): AsyncGenerator<LogEntry, void> {
  for await (const { data } of api.events<LogEntry>(`/api/v1/deploy/releases/${id}/logs`, { signal })) yield data;
}

/** Reads lines into a log without keeping the page from drawing. */
async function read(lines: AsyncGenerator<LogEntry, void>, into: GatheredLog): Promise<void> {
  const rest = paced();
  for await (const { at, step, line } of lines) {
    into.add({ at, by: step, text: line });
    const pause = rest();
    if (pause) await pause;
  }
  into.draw();
}

/** Log lines of a release's steps: as they come while it moves, read once when it has ended. */
export function useReleaseLogs(id: string, ended: boolean): ReleaseLogs {
  const queries = useQueryClient();
  const [shown, setShown] = useState(NOTHING);
  useEffect(() => () => setShown(NOTHING), [id]);
  useEffect(() => {
    const stop = new AbortController();
    // What was seen of a release while it moved stays until as much of it has been read.
    const show = (log: Log): void => setShown((before) => (log.lines.length < before.log.lines.length ? before : { log, error: null }));
    const log = new GatheredLog(MOST_LINES, show);
    const failed = (error: unknown): void => {
      if (!stop.signal.aborted) setShown((before) => ({ ...before, error }));
    };
    read(ended ? storedLines(id, queries, stop.signal) : writtenLines(id, stop.signal), log).catch(failed);
    return () => {
      stop.abort();
      log.stop();
    };
  }, [id, ended, queries]);
  return shown;
}
