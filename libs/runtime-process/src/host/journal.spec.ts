import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Journal } from './journal';

describe('the journal', () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'slipway-journal-'))));
  afterEach(() => rmSync(directory, { recursive: true, force: true }));
  const open = () => new Journal(join(directory, 'journal.jsonl'), join(directory, 'cursors.json'));
  const never = new AbortController().signal;

  it('goes on counting after a restart, and drops a line that a crash tore', async () => {
    const first = open();
    first.note({ kind: 'host_started', detail: 'one' });
    first.note({ kind: 'host_started', detail: 'two' });
    appendFileSync(join(directory, 'journal.jsonl'), '{"sequence":3,"ki');
    const second = open();
    second.note({ kind: 'host_started', detail: 'three' });
    const { entries, last } = await open().read(1, 0, never);
    expect(entries.map(({ sequence, detail }) => [sequence, detail])).toEqual([
      [2, 'two'],
      [3, 'three'],
    ]);
    expect(last).toBe(3);
  });

  it('wakes a waiting reader', async () => {
    const journal = open();
    const waiting = journal.read(0, 10_000, never);
    journal.note({ kind: 'host_started', detail: 'now' });
    expect((await waiting).entries).toHaveLength(1);
  });

  it('remembers how far each reader came, never backwards', () => {
    const journal = open();
    journal.acknowledge('one', 5);
    journal.acknowledge('one', 3);
    expect([open().cursor('one'), open().cursor('two')]).toEqual([5, 0]);
  });

  it('keeps the last 2,000 entries', async () => {
    const journal = open();
    for (let turn = 0; turn < 4100; turn++) journal.note({ kind: 'host_started', detail: '' });
    const reopened = open();
    expect(reopened.last).toBe(4100);
    expect((await reopened.read(0, 0, never)).entries[0]!.sequence).toBe(2101);
  });
});
