import { BLUE_GREEN, CANARY, Load, ROLLING, Scenario, until } from '@slipway/runtime-target';
import { findStrangers } from './host/orphans';
import { ProcessHarness } from './testing/process-harness';

const ROUNDS = Number(process.env['SLIPWAY_CHAOS_ROUNDS'] ?? 8);
jest.setTimeout(60_000 + ROUNDS * 20_000);

/** Small, seeded: a failing run can be run again. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

describe('deployments while host and replicas are killed at random', () => {
  let harness: ProcessHarness;
  beforeAll(() => {
    harness = new ProcessHarness();
  });
  afterAll(() => harness.close());

  it('each end where they say they ended, with nothing doubled', async () => {
    const next = random(Number(process.env['SLIPWAY_CHAOS_SEED'] ?? 7));
    const scenario = new Scenario(harness);
    let serving = await scenario.release('v0', ROLLING);
    await scenario.deploy(serving);
    const load = new Load(await scenario.url(), false);
    const kill = async () => {
      if (next() < 0.5) await harness.killHost();
      else await harness.killReplica(scenario.slotId).catch(() => undefined);
    };
    for (let round = 1; round <= ROUNDS; round++) {
      const canary = { ...CANARY, steps: [{ percent: 10, duration_ms: 300 }], thresholds: { max_error_rate: 1, min_requests: 1 } };
      const strategy = [ROLLING, BLUE_GREEN, canary][Math.floor(next() * 3)]!;
      const wanted = await scenario.release(`v${round}`, strategy);
      let running = true;
      const result = scenario.run(scenario.target.deploySteps(wanted)).finally(() => (running = false));
      for (let kills = 0; kills < 2 && running; kills++) {
        await new Promise((resolve) => setTimeout(resolve, next() * 400));
        await kill();
      }
      const { outcome, summary } = await result;
      if (outcome === 'succeeded') {
        serving = wanted;
        await scenario.target.settle(wanted, scenario.context());
      } else {
        // A crash of the new version while it was judged is held against it; what served before must serve.
        expect([outcome, summary]).toEqual([expect.stringMatching(/^(failed|paused)$/), expect.any(String)]);
        await scenario.target.remove(wanted.access, scenario.slotId, wanted.releaseId, scenario.context());
      }
      await scenario.expectAlone(serving);
      const { replicas } = await scenario.observe();
      const known = new Set(replicas.map(({ pid }) => Number(pid)));
      await until('nothing else runs', () => Promise.resolve(findStrangers(`${harness.dataDir}/slots`, known).length === 0));
    }
    const { failures } = await load.end();
    expect(
      failures.filter((failure) => !/ECONNREFUSED|ECONNRESET|socket hang up|cut off|no_ready_replica|replica_failed/.test(failure)),
    ).toEqual([]);
    expect(harness.hostLog()).toBe('');
  });
});
