import { connect } from '@nats-io/transport-node';
import { ensureStreams, JetStreamEventStore } from '@slipway/event-store-jetstream';
import { startNats, startPostgresAlone } from '@slipway/testing';
import { emmettProject, fillEmmett, fillEmmettInTurn, openEmmett } from './peer-emmett';
import { median, type BenchResult } from './projection.bench';
import { oursCatchUp } from './projection-ours';
import { EVENTS_PER_RELEASE, fillLog } from './projection-traffic';

const IN_FLIGHT = 64;
const GOALS = { append: 1.5, projection: 8 };

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};
const perSecond = (events: number, ms: readonly number[]): number => Math.round((events / median(ms)) * 1000);

function result(name: string, value: number, baseline: number, goal: number): BenchResult {
  const ratio = value / baseline;
  return { name, value, baseline, ratio, goal, ok: ratio >= goal };
}

/**
 * The same events and the same read model on @event-driven-io/emmett-postgresql, on the same PostgreSQL. Both durable: nats-server
 * with `sync_interval: always`, PostgreSQL with its default fsync. Events per second.
 */
export async function run({ quick }: { quick: boolean }): Promise<BenchResult[]> {
  const [releases, rounds] = quick ? [300, 3] : [1_500, 5];
  const [nats, postgres] = await Promise.all([startNats({ syncInterval: 'always' }), startPostgresAlone()]);
  const connection = await connect({ servers: nats.url });
  const emmett = await openEmmett(postgres.url, IN_FLIGHT);
  try {
    await ensureStreams(connection);
    const store = new JetStreamEventStore(connection);
    const append: [number[], number[]] = [[], []];
    const projection: [number[], number[]] = [[], []];
    for (let round = 0; round <= rounds; round++) {
      const traffic = { first: round * releases, releases, inFlight: IN_FLIGHT };
      const theirs = await timed(() => fillEmmett(emmett.store, traffic));
      const ours = await timed(() => fillLog(store, traffic));
      // The first round warms both up.
      if (round === 0) continue;
      append[0].push(ours);
      append[1].push(theirs);
    }
    const all = releases * (rounds + 1);
    await emmett.store.schema.dangerous.truncate({ resetSequences: true });
    await fillEmmettInTurn(emmett.store, all);
    for (let round = 0; round < rounds; round++) {
      projection[1].push(await emmettProject(postgres.url, all));
      projection[0].push(await oursCatchUp(store, postgres.url, all * EVENTS_PER_RELEASE));
    }
    const [appended, projected] = [releases * EVENTS_PER_RELEASE, all * EVENTS_PER_RELEASE];
    return [
      result('peer: appends/s, 64 in flight', perSecond(appended, append[0]), perSecond(appended, append[1]), GOALS.append),
      result('peer: projected events/s', perSecond(projected, projection[0]), perSecond(projected, projection[1]), GOALS.projection),
    ];
  } finally {
    await emmett.close();
    await connection.close();
    await Promise.all([nats.stop(), postgres.stop()]);
  }
}
