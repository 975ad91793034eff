import { useEffect, useState } from 'react';
import { api, type Schemas } from '../api/client';
import { latest } from '../release/growing';
import type { LogLine } from '../release/log-line';

type SlotLogLine = Schemas['SlotLogLine'];
/** Lines that come together are drawn together. */
const GATHER_MS = 150;
/** The reader sees the latest; older ones are let go. */
const MOST_LINES = 20_000;
const FIRST_LINES = 300;

interface SlotLogs {
  readonly lines: readonly LogLine[];
  readonly error: unknown;
  readonly following: boolean;
}
const NONE: SlotLogs = { lines: [], error: null, following: false };

/** What a slot's workloads write, from its last lines on. A connection made anew begins with the last lines again. */
export function useSlotLogs(id: string): SlotLogs {
  const [logs, setLogs] = useState<SlotLogs>(NONE);
  useEffect(() => {
    const stop = new AbortController();
    let gathered: LogLine[] = [];
    let timer: number | undefined;
    const draw = (): void => {
      timer = undefined;
      const more = gathered;
      gathered = [];
      setLogs(({ lines }) => ({ lines: latest([...lines, ...more], MOST_LINES), error: null, following: true }));
    };
    const onState = (state: 'open' | 'lost'): void => {
      if (state === 'lost') return setLogs((before) => ({ ...before, following: false }));
      gathered = [];
      setLogs({ ...NONE, following: true });
    };
    const follow = async (): Promise<void> => {
      const path = `/api/v1/deploy/slots/${id}/logs?tail=${FIRST_LINES}`;
      for await (const { data } of api.events<SlotLogLine>(path, { signal: stop.signal, onState })) {
        gathered.push({ at: data.at, by: data.replica, line: data.line });
        timer ??= window.setTimeout(draw, GATHER_MS);
      }
    };
    follow().catch((error: unknown) => setLogs(({ lines }) => ({ lines, error, following: false })));
    return () => {
      stop.abort();
      window.clearTimeout(timer);
      setLogs(NONE);
    };
  }, [id]);
  return logs;
}
