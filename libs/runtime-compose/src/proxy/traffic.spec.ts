import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ComposeHost } from '../host/compose-host';
import { HELPER } from '../host/helper';
import type { HostDocument } from '../host/host-document';
import { readReport } from '../host/host-report';
import { LABELS, SlotNames } from '../slot/slot-names';
import type { ComposeSlotStatus } from '../slot/slot-status';
import { TrafficCount } from './traffic';

const PROXY = 'f'.repeat(64);
const names = new SlotNames({ project_name: 'shop' }, 'slt-1');
const idOf = (release: string): string => release.padEnd(64, '0');
const status = (releases: readonly string[], window = 0, proxy = PROXY) =>
  ({
    containers: releases.map((release) => ({ Id: idOf(release), Config: { Labels: { [LABELS.release]: release } } })),
    state: { window: { name: 'w', since_ms: window } },
    proxy: {
      container: { Id: proxy },
      servers: releases.map((release, index) => ({ name: `s${index + 1}`, container: idOf(release).slice(0, 12) })),
    },
  }) as unknown as ComposeSlotStatus;

/** The helper itself, with an engine that has nothing but a log: what it is asked, and what it gives as Docker does. */
class LoggingHost {
  readonly asked: string[] = [];
  log: string[] = [];
  private readonly home = mkdtempSync(join(tmpdir(), 'slipway-traffic-'));

  constructor() {
    // `--since` is the last word but one; a moment in seconds is older than all of this log.
    const docker = [
      '#!/usr/bin/env bash',
      'lines=10000000; case $* in *--tail*) lines=20000;; esac',
      'since=${@: -2:1}; case $since in *T*) ;; *) since=0;; esac',
      `tail -n $lines "${this.home}/log" | awk -v since="$since" '($1 "") >= since'`,
    ];
    writeFileSync(join(this.home, 'docker'), docker.join('\n'));
    chmodSync(join(this.home, 'docker'), 0o755);
    writeFileSync(join(this.home, 'helper'), HELPER);
  }

  look(_place: unknown, document: HostDocument) {
    writeFileSync(join(this.home, 'log'), this.log.map((line) => `${line}\n`).join(''));
    this.asked.push(document.toString().trim());
    const ran = spawnSync('bash', [join(this.home, 'helper')], {
      input: `slot shop slt-1\n${document.toString()}end\n`,
      env: { HOME: this.home, PATH: `${this.home}:${process.env['PATH']}` },
      encoding: 'utf8',
    });
    return Promise.resolve(readReport(ran.stdout));
  }

  close(): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}

describe("a slot's traffic", () => {
  let host: LoggingHost;
  let clock = 0;
  beforeEach(() => {
    host = new LoggingHost();
    clock = 0;
  });
  afterEach(() => host.close());

  const served = (server: string, count: number, state = 200, microseconds = 1000): void => {
    for (let request = 0; request < count; request++) {
      const at = new Date(Date.UTC(2026, 0, 1) + ++clock).toISOString().replace('Z', '000000Z');
      host.log.push(`${at} R ${server} ${state} 5000000 ${5000000 + microseconds} --`);
    }
  };
  const counting = (): TrafficCount => new TrafficCount(host as unknown as ComposeHost, names);
  const told = async (count: TrafficCount, seen: ComposeSlotStatus) =>
    Object.fromEntries((await count.read(seen)).map(({ releaseId, requests, errors }) => [releaseId, [requests, errors]]));

  it('is read on from the last look, each request once, and kept when the log has dropped it', async () => {
    const count = counting();
    served('s1', 5);
    served('s2', 2, 503);
    expect(await told(count, status(['a', 'b']))).toEqual({ a: [5, 0], b: [2, 2] });
    expect(await told(count, status(['a', 'b']))).toEqual({ a: [5, 0], b: [2, 2] });
    host.log.splice(0, 6);
    served('s1', 3);
    expect(await told(count, status(['a', 'b']))).toEqual({ a: [8, 0], b: [2, 2] });
    expect(host.asked.map((document) => document.split(' ').at(-1))).toEqual([
      '-',
      '2026-01-01T00:00:00.007000000Z',
      '2026-01-01T00:00:00.007000000Z',
    ]);
  });

  it('is the same for who counts on and for who begins anew', async () => {
    const count = counting();
    for (const slow of [900, 5000, 20_000]) {
      served('s1', 40, 200, slow);
      await count.read(status(['a']));
    }
    expect(await count.read(status(['a']))).toEqual(await counting().read(status(['a'])));
  });

  it('is whole when more requests came between two looks than the last lines of a log reach back', async () => {
    const count = counting();
    served('s1', 1);
    await count.read(status(['a']));
    served('s1', 20_500);
    expect(await told(count, status(['a']))).toEqual({ a: [20_501, 0] });
    served('s1', 10);
    expect(await told(count, status(['a']))).toEqual({ a: [20_511, 0] });
  });

  it('begins anew with another window, and goes on with another proxy', async () => {
    const count = counting();
    served('s1', 4);
    await count.read(status(['a'], 1));
    host.log = [];
    served('s1', 2);
    expect(await told(count, status(['a'], 1, 'e'.repeat(64)))).toEqual({ a: [6, 0] });
    served('s1', 1);
    expect(await told(count, status(['a'], 2, 'e'.repeat(64)))).toEqual({ a: [3, 0] });
  });
});
