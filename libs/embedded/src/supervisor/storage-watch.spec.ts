import { appendFileSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StorageWatch } from './storage-watch';

const LINE =
  "[739] 2026/11/20 20:16:14.245672 [ERR] JetStream failed to store a msg on stream '$G > EVENTS': write /data/1.blk: no space left on device\n";
const MB = 1024 ** 2;

describe('StorageWatch', () => {
  let directory: string;
  let log: string;
  let free: number;
  let watch: StorageWatch;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'storage-watch-'));
    log = join(directory, 'nats-server.log');
    free = 1000 * MB;
    watch = new StorageWatch(log, directory, () => free);
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('is content with a server that has nothing to complain about, or has not begun', () => {
    expect(watch.writes()).toBe(true);
    appendFileSync(log, '[1] [INF] Server is ready\n');
    expect([watch.writes(), watch.needsNewStart()]).toEqual([true, false]);
  });

  it('asks for a new start once there is space again', () => {
    appendFileSync(log, LINE);
    free = 0;
    expect([watch.writes(), watch.needsNewStart()]).toEqual([false, false]);
    free = 100 * MB;
    expect([watch.writes(), watch.needsNewStart()]).toEqual([false, true]);
    watch.startOver();
    expect([watch.writes(), watch.needsNewStart()]).toEqual([true, false]);
  });

  it('reads on in a log that was emptied because it grew too large', () => {
    appendFileSync(log, `${'x'.repeat(1000)}\n`);
    expect(watch.writes()).toBe(true);
    truncateSync(log, 0);
    appendFileSync(log, LINE);
    expect(watch.writes()).toBe(false);
  });
});
