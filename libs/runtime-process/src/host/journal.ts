import { appendFileSync, readFileSync } from 'node:fs';
import type { JournalEntry, JournalKind, JournalPage } from '../protocol';
import { readJson, replaceFile, unlessDiskRefuses } from './durable-file';

const KEEP = 2000;

export type JournalNote = { kind: JournalKind; detail: string } & Partial<
  Pick<JournalEntry, 'slotId' | 'releaseId' | 'replica' | 'unexpected'>
>;

/** What happened on this host, numbered without gaps, so that an executor that was away reads on where it stopped. Keeps the last 2,000. */
export class Journal {
  private entries: JournalEntry[] = [];
  private appended = 0;
  private readonly waiting = new Set<() => void>();
  private readonly acknowledged: Record<string, number>;

  constructor(
    private readonly path: string,
    private readonly cursorsPath: string,
  ) {
    this.entries = readEntries(path);
    this.acknowledged = readJson<Record<string, number>>(cursorsPath) ?? {};
    this.compact();
  }

  get last(): number {
    return this.entries.at(-1)?.sequence ?? 0;
  }

  note(note: JournalNote): void {
    const entry: JournalEntry = {
      slotId: null,
      releaseId: null,
      replica: null,
      unexpected: false,
      ...note,
      sequence: this.last + 1,
      at: new Date().toISOString(),
    };
    this.entries.push(entry);
    unlessDiskRefuses(() => {
      appendFileSync(this.path, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
      if (++this.appended > KEEP) this.compact();
    });
    for (const wake of this.waiting) wake();
  }

  /** Entries after a sequence; waits up to `waitMs` for the first. */
  async read(after: number, waitMs: number, gone: AbortSignal): Promise<JournalPage> {
    if (after >= this.last && waitMs > 0) await this.changed(waitMs, gone);
    return { entries: this.entries.filter((entry) => entry.sequence > after).slice(0, 500), last: this.last };
  }

  /** How far a named reader has come. */
  cursor(reader: string): number {
    return this.acknowledged[reader] ?? 0;
  }

  acknowledge(reader: string, sequence: number): void {
    this.acknowledged[reader] = Math.max(this.cursor(reader), sequence);
    replaceFile(this.cursorsPath, JSON.stringify(this.acknowledged), { durable: false });
  }

  private changed(waitMs: number, gone: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.waiting.delete(wake);
        gone.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, waitMs);
      this.waiting.add(wake);
      gone.addEventListener('abort', wake);
    });
  }

  private compact(): void {
    this.entries = this.entries.slice(-KEEP);
    this.appended = 0;
    replaceFile(this.path, this.entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''), { durable: false });
  }
}

/** A line torn by a crash ends the journal; it is dropped. */
function readEntries(path: string): JournalEntry[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return [];
  }
  const entries: JournalEntry[] = [];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    try {
      entries.push(JSON.parse(line) as JournalEntry);
    } catch {
      break;
    }
  }
  return entries;
}
