import { setTimeout as pause } from 'node:timers/promises';
import type { DriftFinding } from '@slipway/runtime-target';
import type { HostClient } from './client/host-client';
import type { SlotClient } from './client/slot-client';
import type { JournalEntry, JournalPage, SlotConnection } from './protocol';

export interface WatchOptions {
  readonly host: HostClient;
  /** Name under which the host remembers how far this reader has come. */
  readonly reader: string;
  readonly connection: SlotConnection;
  slotOf(slotId: string): SlotClient;
  onChange(slotId: string, findings: readonly DriftFinding[]): void;
  onError(error: unknown): void;
}

const WAIT_MS = 20_000;
const AFTER_ERROR_MS = 500;

/** Follows the host's journal and starts the host again when it is gone. Delivered at least once: acknowledged after the callback. */
export function watchJournal(options: WatchOptions): () => void {
  const stop = new AbortController();
  void follow(options, stop.signal);
  return () => stop.abort();
}

async function follow(options: WatchOptions, signal: AbortSignal): Promise<void> {
  let after: number | undefined;
  while (!signal.aborted) {
    try {
      after ??= (await options.host.call<{ cursor: number }>('GET', `/journal/${options.reader}`, { signal })).cursor;
      const page: JournalPage = await options.host.call('GET', `/journal?after=${after}&wait_ms=${WAIT_MS}`, {
        signal,
        deadlineMs: 2 * WAIT_MS,
      });
      if (page.last < after) after = page.last;
      await deliver(options, page.entries);
      const last = page.entries.at(-1)?.sequence;
      if (last === undefined) continue;
      after = last;
      await options.host.call('PUT', `/journal/${options.reader}?sequence=${last}`, { signal });
    } catch (error) {
      if (signal.aborted) return;
      options.onError(error);
      await pause(AFTER_ERROR_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

async function deliver(options: WatchOptions, entries: readonly JournalEntry[]): Promise<void> {
  const mine = new Map<string, boolean>();
  for (const entry of entries) {
    if (entry.slotId === null || !(entry.unexpected || entry.kind === 'slot_whole')) continue;
    if (!mine.has(entry.slotId)) mine.set(entry.slotId, await belongs(options, entry.slotId));
    if (mine.get(entry.slotId)) options.onChange(entry.slotId, entry.unexpected ? [findingOf(entry)] : []);
  }
}

async function belongs(options: WatchOptions, slotId: string): Promise<boolean> {
  const { connection } = options;
  const theirs = (await options.slotOf(slotId).status())?.connection;
  return theirs?.host === connection.host && theirs.port_from === connection.port_from && theirs.port_to === connection.port_to;
}

const findingOf = ({ kind, replica, detail, at }: JournalEntry): DriftFinding => ({
  kind: kind === 'port_taken' ? 'changed' : 'missing',
  what: replica ?? 'slot router',
  detail: `${detail} (${at})`.slice(0, 1000),
});
