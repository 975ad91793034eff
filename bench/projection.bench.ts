import { connect, type NatsConnection } from '@nats-io/transport-node';
import { ensureStreams, JetStreamEventStore } from '@slipway/event-store-jetstream';
import { startNats, startPostgresAlone } from '@slipway/testing';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { BARE_PAGE, bareCatchUp } from './projection-bare';
import { NEWEST_PAGE, oursCatchUp } from './projection-ours';
import { EVENTS_PER_RELEASE, fillLog } from './projection-traffic';

export interface BenchResult {
  readonly name: string;
  readonly value: number;
  readonly baseline: number;
  readonly ratio: number;
  /** Null: shown, not judged. */
  readonly goal: number | null;
  readonly ok: boolean;
}

const GOAL = 0.6;
export const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** Runs `work` while a client asks for the newest page of a table, forty times a second. */
async function whileServing<T>(databaseUrl: string, query: string, work: () => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  let working = true;
  const asking = (async () => {
    while (working) {
      await client.query(query).catch(() => undefined);
      await delay(25);
    }
  })();
  try {
    return await work();
  } finally {
    working = false;
    await asking;
    await client.end();
  }
}

/** Catch-up of the release read model from the first event, queries served, against the bare loop. Events per second. */
export async function run({ quick }: { quick: boolean }): Promise<BenchResult[]> {
  const [events, rounds] = quick ? [30_000, 3] : [300_000, 3];
  const [nats, postgres] = await Promise.all([startNats({ syncInterval: '2m' }), startPostgresAlone()]);
  const connections: NatsConnection[] = [await connect({ servers: nats.url }), await connect({ servers: nats.url })];
  try {
    await ensureStreams(connections[0]!);
    const store = new JetStreamEventStore(connections[0]!);
    const end = await fillLog(store, { first: 0, releases: events / EVENTS_PER_RELEASE, inFlight: 256 });
    const [bare, ours]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      const bareMs = await whileServing(postgres.url, BARE_PAGE, () => bareCatchUp(connections[1]!, postgres.url, end));
      const oursMs = await whileServing(postgres.url, NEWEST_PAGE, () => oursCatchUp(store, postgres.url, end));
      bare.push((end / bareMs) * 1000);
      ours.push((end / oursMs) * 1000);
    }
    const [value, baseline] = [Math.round(median(ours)), Math.round(median(bare))];
    const ratio = value / baseline;
    return [{ name: 'projection: catch-up of the release list, events/s', value, baseline, ratio, goal: GOAL, ok: ratio >= GOAL }];
  } finally {
    await Promise.all(connections.map((connection) => connection.close()));
    await Promise.all([nats.stop(), postgres.stop()]);
  }
}
