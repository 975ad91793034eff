import { connect } from '@nats-io/transport-node';
import { AggregateRepository, type AggregateType } from '@slipway/event-sourcing';
import { ensureStreams, JetStreamEventStore } from '@slipway/event-store-jetstream';
import type { ExecutionEvent } from '@slipway/contracts';
import { startNats } from '@slipway/testing';
import { BareLoader } from './load-bare';
import { EVENTS_PER_EXECUTION, executionRef, fillWithExecutions } from './load-traffic';
import { median, type BenchResult } from './projection.bench';

const GOALS = { cold: 0.7, cached: 0.8 };
const executions: AggregateType<{ readonly events: number; readonly status: string }, ExecutionEvent> = {
  type: 'execution',
  initial: { events: 0, status: '' },
  evolve: ({ events }, { status }) => ({ events: events + 1, status }),
};

/** Loads per second, one after the other, of aggregates spread over the log. */
async function rate(loads: number, round: number, total: number, load: (n: number) => Promise<number>): Promise<number> {
  const began = performance.now();
  for (let index = 0; index < loads; index++) {
    const events = await load((index * 7919 + round * 104_729) % total);
    if (events !== EVENTS_PER_EXECUTION) throw new Error(`loaded ${events} events`);
  }
  return (loads * 1000) / (performance.now() - began);
}

/** A ten-event aggregate, cold and cached, in a log of 500,000 messages, against the bare reads. Loads per second. */
export async function run({ quick }: { quick: boolean }): Promise<BenchResult[]> {
  const [messages, loads, rounds] = quick ? [50_000, 200, 9] : [500_000, 500, 15];
  const total = messages / EVENTS_PER_EXECUTION;
  const nats = await startNats({ syncInterval: '2m' });
  const [ours, theirs] = [await connect({ servers: nats.url }), await connect({ servers: nats.url })];
  try {
    await ensureStreams(ours);
    const store = new JetStreamEventStore(ours);
    await fillWithExecutions(store, total, 512);
    const bare = await BareLoader.open(theirs);
    const warm = new AggregateRepository(store, total);
    const subjects = {
      cold: (n: number) => new AggregateRepository(store).load(executions, executionRef(n)).then(({ state }) => state.events),
      bareCold: (n: number) => bare.load(executionRef(n)).then((events) => events.length),
      cached: (n: number) => warm.load(executions, executionRef(n)).then(({ state }) => state.events),
      bareHead: (n: number) => bare.head(executionRef(n)).then(({ event }) => event.aggregate_version),
    };
    const rates: Record<keyof typeof subjects, number[]> = { cold: [], bareCold: [], cached: [], bareHead: [] };
    for (let round = 0; round <= rounds; round++) {
      for (const name of Object.keys(subjects) as (keyof typeof subjects)[]) {
        if (name === 'cached') await rate(loads, round, total, subjects.cached);
        const measured = await rate(loads, round, total, subjects[name]);
        if (round > 0) rates[name].push(measured);
      }
    }
    const row = (name: string, value: number, baseline: number, goal: number): BenchResult => {
      const ratio = value / baseline;
      return { name, value: Math.round(value), baseline: Math.round(baseline), ratio, goal, ok: ratio >= goal };
    };
    const log = `in a log of ${messages.toLocaleString('en-US')}`;
    return [
      row(`load: cold, ${log}, loads/s`, median(rates.cold), median(rates.bareCold), GOALS.cold),
      row(`load: cached, ${log}, loads/s`, median(rates.cached), median(rates.bareHead), GOALS.cached),
    ];
  } finally {
    await Promise.all([ours.close(), theirs.close()]);
    await nats.stop();
  }
}
