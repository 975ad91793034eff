import { GrownPlatform } from './growth-platform';
import { OPERATIONS, Requests, type Operation } from './growth-requests';
import { median, type BenchResult } from './projection.bench';

const GOAL = 1.2;
const SMALL = 1_000;
const WARM_UP = 30;

type Samples = Record<Operation, number[]>;

const say = (text: string): void => void process.stdout.write(`growth: ${text}\n`);
const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.ceil(values.length * share) - 1]!;

/** The median of the blocks' p99: a hiccup of the machine spoils one block. */
function p99(values: readonly number[], blocks: number): number {
  const size = values.length / blocks;
  return median(Array.from({ length: blocks }, (_, index) => quantile(values.slice(index * size, (index + 1) * size), 0.99)));
}

/** Both platforms side by side, request by request in turns, so that whatever else the machine does meets both alike. */
async function measure(platforms: readonly GrownPlatform[], count: number): Promise<Samples[]> {
  const callers = platforms.map((platform) => new Requests(platform));
  const samples = callers.map(() => Object.fromEntries(OPERATIONS.map((name) => [name, []])) as unknown as Samples);
  for (let round = -WARM_UP; round < count; round++) {
    for (const operation of OPERATIONS) {
      for (const which of round % 2 === 0 ? [0, 1] : [1, 0]) {
        const ms = await callers[which]!.time(operation);
        if (round >= 0) samples[which]![operation].push(ms);
      }
    }
  }
  callers.forEach((caller) => caller.close());
  return samples;
}

function memoryRows(small: GrownPlatform, large: GrownPlatform): BenchResult[] {
  const [before, after] = [small.memory(), large.memory()];
  say('memory, MB             small: PSS  RSS     large: PSS  RSS');
  return [...after].map(([name, { pss, rss }]) => {
    const baseline = before.get(name) ?? { pss: 0, rss: 0 };
    const cells = [baseline.pss, baseline.rss, pss, rss].map((mb) => mb.toFixed(0).padStart(8));
    say(`${name.padEnd(20)}${cells.join('')}`);
    return { name: `growth: memory of ${name}, MB`, value: pss, baseline: baseline.pss, ratio: pss / baseline.pss, goal: null, ok: true };
  });
}

/**
 * Latency through the gateway with a long log against a short one, milliseconds, and the memory of every process at both.
 * Two platforms run at once: one with 1,000 events, one with 1,000,000 (`quick`: 20,000), the same slot deployed in each.
 */
export async function run({ quick }: { quick: boolean }): Promise<BenchResult[]> {
  const [events, count, blocks] = quick ? [20_000, 120, 1] : [1_000_000, 2_000, 5];
  const started: GrownPlatform[] = [];
  try {
    const grow = async (size: number): Promise<GrownPlatform> => {
      const platform = await GrownPlatform.start();
      started.push(platform);
      await platform.fill(size, say);
      say(await platform.verify());
      return platform;
    };
    const grown = await Promise.allSettled([grow(SMALL), grow(events)]);
    const failed = grown.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
    const [small, large] = grown.map((one) => (one as PromiseFulfilledResult<GrownPlatform>).value) as [GrownPlatform, GrownPlatform];
    const [before, after] = (await measure([small, large], count)) as [Samples, Samples];
    const rows = OPERATIONS.flatMap((operation): BenchResult[] => {
      const row = (what: string, of: (values: readonly number[]) => number, goal: number | null): BenchResult => {
        const [value, baseline] = [of(after[operation]), of(before[operation])];
        const ratio = value / baseline;
        return { name: `growth: ${operation}, ${what}, ms`, value, baseline, ratio, goal, ok: goal === null || ratio <= goal };
      };
      return [row('p99', (values) => p99(values, blocks), GOAL), row('median', median, null)];
    });
    return [...rows, ...memoryRows(small, large)];
  } finally {
    for (const { platform } of started) await platform.stop();
  }
}
