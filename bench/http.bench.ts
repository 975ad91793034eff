import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { connect } from '@nats-io/transport-node';
import { ensureStreams } from '@slipway/event-store-jetstream';
import { startPlatform } from '@slipway/platform-driver';
import { startNats } from '@slipway/testing';
import { median, type BenchResult } from './projection.bench';

const GOAL = 0.3;
const CONNECTIONS = 64;

interface Measured {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly failed: number;
}

async function measure(url: string, seconds: number, headers: Record<string, string>, body: object): Promise<Measured> {
  const result = await autocannon({
    url,
    method: 'POST',
    connections: CONNECTIONS,
    duration: seconds,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const { requests, latency, errors, non2xx } = result;
  return { perSecond: requests.average, p50: latency.p50, p99: latency.p99, failed: errors + non2xx };
}

async function bareServer(natsUrl: string, bytes: number): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [join(__dirname, 'http-bare.js'), natsUrl, String(bytes)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, url: `http://127.0.0.1:${line.toString().trim()}/preview` };
}

/** POST preview through the whole platform, 64 connections, against a bare Fastify handler with one compare-and-append of the same size. */
export async function run({ quick }: { quick: boolean }): Promise<BenchResult[]> {
  const [seconds, rounds] = quick ? [3, 3] : [8, 5];
  const platform = await startPlatform();
  const nats = await startNats({ syncInterval: 'always' });
  const connection = await connect({ servers: nats.url });
  await ensureStreams(connection);
  const developer = platform.as('developer');
  await developer.push('1.0.0');
  const request = { project: 'demo', service: 'hello', artifact: '1.0.0', environment: 'dev' };
  const bytes = JSON.stringify(await developer.preview(request)).length;
  const bare = await bareServer(nats.url, bytes);
  const headers = { authorization: `Bearer ${platform.token('developer')}` };
  const measured: [Measured[], Measured[]] = [[], []];
  try {
    for (let round = 0; round <= rounds; round++) {
      const work = [
        () => measure(`${platform.url}/api/v1/deploy/releases/preview`, seconds, headers, request),
        () => measure(bare.url, seconds, {}, request),
      ];
      // Whoever goes first differs from round to round; the first round warms both up.
      for (const which of round % 2 === 0 ? [0, 1] : [1, 0]) {
        const one = await work[which]!();
        if (round > 0) measured[which]!.push(one);
      }
    }
  } finally {
    bare.child.kill();
    await connection.close();
    await nats.stop();
    await platform.stop();
  }
  const of = (which: 0 | 1, member: keyof Measured): number => median(measured[which].map((one) => one[member]));
  const ratio = of(0, 'perSecond') / of(1, 'perSecond');
  const failed = measured[0].reduce((sum, one) => sum + one.failed, 0);
  const row = (name: string, member: keyof Measured): BenchResult => {
    const [value, baseline] = [of(0, member), of(1, member)];
    return { name, value, baseline, ratio: value / baseline, goal: null, ok: true };
  };
  return [
    {
      name: 'http: POST preview, 64 connections, requests/s',
      value: of(0, 'perSecond'),
      baseline: of(1, 'perSecond'),
      ratio,
      goal: GOAL,
      ok: ratio >= GOAL && failed === 0,
    },
    row('http: p50, ms', 'p50'),
    row('http: p99, ms', 'p99'),
  ];
}
