import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, type Schemas } from '../api/client';
import { latest } from './growing';

export type LogEntry = Schemas['LogEntry'];
/** Lines that come together are drawn together. */
const GATHER_MS = 100;
const PAGE = 200;
/** The reader sees the latest; older ones are let go. */
const MOST_LINES = 50_000;

async function allLines(id: string): Promise<LogEntry[]> {
  const lines: LogEntry[] = [];
  let cursor: string | undefined;
  do {
    const { data } = await api.GET('/api/v1/deploy/releases/{id}/logs', { params: { path: { id }, query: { limit: PAGE, cursor } } });
    const page = data as Schemas['LogView'];
    lines.push(...page.entries);
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined && lines.length < MOST_LINES);
  return lines;
}

const NONE: readonly LogEntry[] = [];

/** Log lines of a release's steps: as they come while it moves, read once when it has ended. */
export function useReleaseLogs(id: string, ended: boolean): { lines: readonly LogEntry[]; error: unknown } {
  const stored = useQuery({ queryKey: ['logs', id], queryFn: () => allLines(id), enabled: ended });
  const [live, setLive] = useState<{ lines: readonly LogEntry[]; error: unknown }>({ lines: [], error: null });
  useEffect(() => {
    if (ended) return undefined;
    const stop = new AbortController();
    let gathered: LogEntry[] = [];
    let timer: number | undefined;
    const draw = (): void => {
      timer = undefined;
      const more = gathered;
      gathered = [];
      setLive(({ lines }) => ({ lines: latest([...lines, ...more], MOST_LINES), error: null }));
    };
    const follow = async (): Promise<void> => {
      for await (const { data } of api.events<LogEntry>(`/api/v1/deploy/releases/${id}/logs`, { signal: stop.signal })) {
        gathered.push(data);
        timer ??= window.setTimeout(draw, GATHER_MS);
      }
    };
    follow().catch((error: unknown) => setLive(({ lines }) => ({ lines, error })));
    return () => {
      stop.abort();
      window.clearTimeout(timer);
      setLive({ lines: [], error: null });
    };
  }, [id, ended]);
  return ended ? { lines: stored.data ?? NONE, error: stored.error } : live;
}
