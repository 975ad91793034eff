import { spawnSync } from 'node:child_process';
import { chmodSync, closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { startPlatform, type Actor, type Platform } from '@slipway/platform-driver';
import { eventually, testRun } from '@slipway/testing';
import { Http } from '../driver/http';

/** A file system of its own needs root; elsewhere the rest of the suite stands for it. */
function mounted(): string | undefined {
  chmodSync(testRun(), 0o755);
  const directory = mkdtempSync(join(testRun(), 'disk-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=700m,mode=0755', 'slipway-test', directory]);
  return status === 0 ? directory : undefined;
}

const disk = mounted();
const filler = join(disk ?? '', 'filler');

/** Writes until nothing more fits. */
function fill(): void {
  const file = openSync(filler, 'w');
  for (const size of [1 << 20, 1 << 12, 1]) {
    try {
      for (;;) writeSync(file, Buffer.alloc(size));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }
  closeSync(file);
}

let platform: Platform;
let http: Http;
let developer: Actor;
const onADiskOfItsOwn = disk ? describe : describe.skip;

onADiskOfItsOwn('a full disk (mounting a tmpfs needs root)', () => {
  beforeAll(async () => {
    platform = await startPlatform({ dataDir: join(disk!, 'data') });
    http = await Http.of(platform);
    developer = platform.as('developer');
    await developer.push('1.0.0');
  }, 120_000);
  afterAll(async () => {
    rmSync(filler, { force: true });
    await platform?.stop();
    spawnSync('umount', [disk!]);
  }, 60_000);

  it('readiness goes off, commands are refused clearly, nothing acknowledged is lost, and space brings all back', async () => {
    const before = await developer.deploy({ artifact: '1.0.0', variables: { GREETING: 'before' } });
    expect(before.status).toBe('applied');
    fill();
    const acknowledged: string[] = [];
    await eventually(
      async () => {
        const { status, contentType, body } = await http.post('developer', '/deploy/releases/preview', {
          project: 'demo',
          service: 'hello',
          artifact: '1.0.0',
          environment: 'dev',
          target: 'local',
        });
        if (status === 201) acknowledged.push(body.release_id as string);
        else {
          expect([503, 504]).toContain(status);
          expect(contentType).toBe('application/problem+json');
          expect(body.detail).toMatch(/\w/);
        }
        return status === 503;
      },
      { timeoutMs: 90_000, intervalMs: 250 },
    );
    await eventually(async () => (await fetch(`${platform.url}/healthz/ready`)).status === 503, { timeoutMs: 30_000 });
    expect(await (await fetch(before.url!)).text()).toBe('before');

    rmSync(filler);
    await eventually(async () => (await fetch(`${platform.url}/healthz/ready`)).status === 200, { timeoutMs: 120_000, intervalMs: 250 });
    for (const id of acknowledged) expect(await developer.release(id)).toMatchObject({ status: 'previewed' });
    const after = await eventually(() => developer.deploy({ artifact: '1.0.0', variables: { GREETING: 'after' } }), {
      timeoutMs: 60_000,
      intervalMs: 500,
    });
    expect(after.status).toBe('applied');
    expect(await (await fetch(after.url!)).text()).toBe('after');
  }, 300_000);
});
