import { useEffect, useState } from 'react';
import { api, type Schemas } from '../api/client';
import { GatheredLog, NO_LOG, type Log } from '../log/gathered-log';
import { paced } from '../log/paced';

type SlotLogLine = Schemas['SlotLogLine'];
/** The reader sees the latest; older ones are let go. */
const MOST_LINES = 20_000;
const FIRST_LINES = 300;

interface SlotLogs {
  readonly log: Log;
  readonly error: unknown;
  readonly following: boolean;
}
const NONE: SlotLogs = { log: NO_LOG, error: null, following: false };

/** What a slot's workloads write, from its last lines on. A connection made anew begins with the last lines again. */
export function useSlotLogs(id: string): SlotLogs {
  const [logs, setLogs] = useState<SlotLogs>(NONE);
  useEffect(() => {
    const stop = new AbortController();
    let gathered: GatheredLog;
    const begin = (): void => {
      gathered?.stop();
      gathered = new GatheredLog(MOST_LINES, (log) => setLogs({ log, error: null, following: true }));
    };
    const onState = (state: 'open' | 'lost'): void => {
      if (state === 'lost') return setLogs((before) => ({ ...before, following: false }));
      begin();
      setLogs({ ...NONE, following: true });
    };
    const follow = async (): Promise<void> => {
      const path = `/api/v1/deploy/slots/${id}/logs?tail=${FIRST_LINES}`;
      const rest = paced();
      for await (const { data } of api.events<SlotLogLine>(path, { signal: stop.signal, onState })) {
        gathered.add({ at: data.at, by: data.replica, text: data.line });
        const pause = rest();
        if (pause) await pause;
      }
    };
    begin();
    follow().catch((error: unknown) => setLogs(({ log }) => ({ log, error, following: false })));
    return () => {
      stop.abort();
      gathered.stop();
      setLogs(NONE);
    };
  }, [id]);
  return logs;
}
