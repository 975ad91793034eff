import { connect } from '@nats-io/transport-node';
import { ensureStreams, JetStreamEventStore } from '@slipway/event-store-jetstream';
import { startNats, startPostgresAlone } from '@slipway/testing';
import { emmettProject, fillEmmett, fillEmmettInTurn, openEmmett } from './peer-emmett';
import { median, type BenchResult } from './projection.bench';
import { oursCatchUp } from './projection-ours';
import { BenchReleaseList, ReleaseList1763600000100 } from './projection-read-model';
import { EVENTS_PER_RELEASE, fillLog } from './projection-traffic';

const IN_FLIGHT = 64;
const GOALS = { append: 1.5, projection: 8 };

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};
const perSecond = (events: number, ms: readonly number[]): number => Math.round((events / median(ms)) * 1000);

function result(name: string, value: number, baseline: number, goal: number | null): BenchResult {
  const ratio = value / baseline;
  return { name, value, baseline, ratio, goal, ok: goal === null || ratio >= goal };
}

/** Both kinds of work one after the other; whoever goes first differs from round to round. */
async function inTurns(round: number, work: readonly (() => Promise<void>)[]): Promise<void> {
  for (const one of round % 2 === 0 ? work : work.toReversed()) await one();
}

/**
 * The same events and the same table, written by the same statements, on @event-driven-io/emmett-postgresql and the same PostgreSQL.
 * Both durable: nats-server with `sync_interval: always`, PostgreSQL with its default fsync. Events per second. The goal is set against
 * emmett's usual projection, a statement for each event; what its batches reach is shown beside it.
 */
export async function run({ quick }: { quick: boolean }): Promise<BenchResult[]> {
  const [releases, rounds] = quick ? [300, 3] : [1_500, 5];
  const [nats, postgres] = await Promise.all([startNats({ syncInterval: 'always' }), startPostgresAlone()]);
  const connection = await connect({ servers: nats.url });
  const emmett = await openEmmett(postgres.url, IN_FLIGHT);
  try {
    await ensureStreams(connection);
    const store = new JetStreamEventStore(connection);
    const append = { ours: [] as number[], theirs: [] as number[] };
    const projection = { ours: [] as number[], single: [] as number[], batch: [] as number[] };
    for (let round = 0; round <= rounds; round++) {
      const traffic = { first: round * releases, releases, inFlight: IN_FLIGHT };
      await inTurns(round, [
        async () => void append.theirs.push(await timed(() => fillEmmett(emmett.store, traffic))),
        async () => void append.ours.push(await timed(() => fillLog(store, traffic))),
      ]);
    }
    const all = releases * (rounds + 1);
    await emmett.store.schema.dangerous.truncate({ resetSequences: true });
    await fillEmmettInTurn(emmett.store, all);
    const end = all * EVENTS_PER_RELEASE;
    const model = () => ({ projection: new BenchReleaseList(), migrations: [ReleaseList1763600000100] });
    for (let round = 0; round < rounds; round++) {
      await inTurns(round, [
        async () => void projection.single.push(await emmettProject(postgres.url, all, 'single')),
        async () => void projection.ours.push(await oursCatchUp(store, postgres.url, end, model())),
        async () => void projection.batch.push(await emmettProject(postgres.url, all, 'batch')),
      ]);
    }
    // The first round of appends warms both up.
    const appended = (ms: readonly number[]): number => perSecond(releases * EVENTS_PER_RELEASE, ms.slice(1));
    const projected = (ms: readonly number[]): number => perSecond(end, ms);
    return [
      result('peer: appends/s, 64 in flight', appended(append.ours), appended(append.theirs), GOALS.append),
      result('peer: projected events/s', projected(projection.ours), projected(projection.single), GOALS.projection),
      result("peer: projected events/s, emmett's batches", projected(projection.ours), projected(projection.batch), null),
    ];
  } finally {
    await emmett.close();
    await connection.close();
    await Promise.all([nats.stop(), postgres.stop()]);
  }
}
