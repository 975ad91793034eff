import { connect } from '@nats-io/transport-node';
import { ensureStreams, JetStreamEventStore } from '@slipway/event-store-jetstream';
import { startNats } from '@slipway/testing';
import { bareAppends } from './append-bare';
import { median, type BenchResult } from './projection.bench';
import { EVENTS_PER_RELEASE, fillLog } from './projection-traffic';

const GOAL = 0.8;
const IN_FLIGHT = 64;

/** Appends of release lives, 64 in flight, every one on the disk before its answer, against a bare client's. Appends per second. */
export async function run({ quick }: { quick: boolean }): Promise<BenchResult[]> {
  const [releases, rounds] = quick ? [250, 7] : [800, 11];
  const nats = await startNats({ syncInterval: 'always' });
  const [ours, theirs] = [await connect({ servers: nats.url }), await connect({ servers: nats.url })];
  try {
    await ensureStreams(ours);
    const store = new JetStreamEventStore(ours);
    const rates: [number[], number[]] = [[], []];
    for (let round = 0; round <= rounds; round++) {
      const traffic = { first: round * releases, releases, inFlight: IN_FLIGHT };
      const work = [() => fillLog(store, traffic), () => bareAppends(theirs, 'bare', traffic)];
      // Whoever goes first differs from round to round; the first round warms both up.
      for (const which of round % 2 === 0 ? [0, 1] : [1, 0]) {
        const began = performance.now();
        await work[which]!();
        if (round > 0) rates[which]!.push((releases * EVENTS_PER_RELEASE * 1000) / (performance.now() - began));
      }
    }
    const [value, baseline] = [Math.round(median(rates[0])), Math.round(median(rates[1]))];
    const ratio = value / baseline;
    return [{ name: 'append: 64 in flight, synced, appends/s', value, baseline, ratio, goal: GOAL, ok: ratio >= GOAL }];
  } finally {
    await Promise.all([ours.close(), theirs.close()]);
    await nats.stop();
  }
}
