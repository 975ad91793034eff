import { appendFileSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { boundLogs, readLogs, type LogLine } from './workload-logs';

describe('logs of workloads', () => {
  let directory: string;
  let log: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'slipway-logs-'));
    mkdirSync(join(directory, 'rel-1'));
    log = join(directory, 'rel-1', 'web-0.log');
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const read = async (lines: number): Promise<LogLine[]> => {
    const found: LogLine[] = [];
    for await (const line of readLogs(directory, { releaseId: null, lines, follow: false }, new AbortController().signal)) found.push(line);
    return found;
  };

  it('begin with the last complete lines', async () => {
    writeFileSync(log, 'one\ntwo\nthree\nunfinished');
    expect(await read(2)).toEqual([
      { releaseId: 'rel-1', replica: 'web-0', line: 'two' },
      { releaseId: 'rel-1', replica: 'web-0', line: 'three' },
    ]);
    expect(await read(0)).toEqual([]);
  });

  it('go on with what is written later, also by replicas that come later, until the reader leaves', async () => {
    writeFileSync(log, 'one\n');
    const reader = new AbortController();
    const seen: string[] = [];
    for await (const { line } of readLogs(directory, { releaseId: 'rel-1', lines: 10, follow: true }, reader.signal)) {
      seen.push(line);
      if (line === 'one') appendFileSync(log, 'two\n');
      if (line === 'two') writeFileSync(join(directory, 'rel-1', 'web-1.log'), 'three\n');
      if (line === 'three') reader.abort();
    }
    expect(seen).toEqual(['one', 'two', 'three']);
  });

  it('are moved aside once they are too big', () => {
    writeFileSync(log, Buffer.alloc(5 * 1024 * 1024 + 1, 'x'));
    boundLogs(directory);
    expect(statSync(log).size).toBe(0);
    expect(statSync(`${log}.1`).size).toBe(5 * 1024 * 1024 + 1);
  });
});
