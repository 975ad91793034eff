import type { PrometheusCredential } from '@slipway/contracts';
import {
  CANARY,
  checkPrometheus,
  Scenario,
  specsOf,
  type RuntimeHarness,
  type StepResult,
  type TargetAccess,
} from '@slipway/runtime-target';
import { lackOfDockerHost, lackOfPrometheus, PROMETHEUS_LOGIN, WatchedGauge } from '@slipway/testing';
import { ComposeHarness } from './testing/compose-harness.fixture';

jest.setTimeout(120_000);
const lack = lackOfDockerHost() ?? lackOfPrometheus();
const suite = lack === undefined ? describe : describe.skip;
const METRIC = { name: 'late-orders', query: 'sum(late_orders{release="{{release_id}}"})', max: 5 };
const WRONG = { ...PROMETHEUS_LOGIN, password: 'abracadabra' };

suite(`a canary on a Docker host, judged by a Prometheus behind a login${lack === undefined ? '' : ` (${lack})`}`, () => {
  let harness: ComposeHarness;
  let late: WatchedGauge;
  beforeAll(async () => {
    [harness, late] = await Promise.all([ComposeHarness.start(), WatchedGauge.start({ login: true })]);
  });
  afterAll(() => Promise.all([harness.close(), late.stop()]));
  const it = specsOf(() => harness);

  const accessWith = (login: PrometheusCredential | null): TargetAccess => ({
    ...harness.access,
    connection: { ...harness.connection, prometheus: { url: late.url } },
    prometheusCredential: () => Promise.resolve(login),
  });
  async function canary(login: PrometheusCredential | null, count: number): Promise<{ result: StepResult; scenario: Scenario }> {
    const scenario = new Scenario(Object.create(harness, { access: { value: accessWith(login) } }) as RuntimeHarness);
    const strategy = { ...CANARY, metrics: [METRIC], on_inconclusive: 'abort' as const };
    const [first, next] = await Promise.all([scenario.release('v1', strategy), scenario.release('v2', strategy)]);
    await scenario.deploy(first);
    await late.set({ 'rel-v1': 90, 'rel-v2': count });
    const result = await scenario.run(scenario.target.deploySteps(next));
    await scenario.until(
      'the right version answers',
      async () => (await scenario.observe()).releaseId === (result.outcome === 'succeeded' ? next : first).releaseId,
    );
    return { result, scenario };
  }

  it('goes on while its metrics keep their limits', async () => {
    const { result, scenario } = await canary(PROMETHEUS_LOGIN, 3);
    expect(result).toMatchObject({ outcome: 'succeeded' });
    expect(await scenario.answer()).toBe('v2');
  });

  it('is aborted by a metric beyond its limit, and gives the traffic back', async () => {
    const { result, scenario } = await canary(PROMETHEUS_LOGIN, 9);
    expect(result).toMatchObject({ outcome: 'failed', observed: { metrics: [{ name: 'late-orders', value: 9, max: 5 }] } });
    expect(result.summary).toContain('metric late-orders is 9, allowed at most 5');
    expect(await scenario.answer()).toBe('v1');
  });

  it('is inconclusive when the login is refused, which says so and not what the login is', async () => {
    const { result, scenario } = await canary(WRONG, 3);
    expect(result).toMatchObject({ outcome: 'inconclusive', summary: expect.stringContaining('refuses the login') });
    expect(JSON.stringify([result, scenario.log])).not.toContain(WRONG.password);
    expect(await scenario.answer()).toBe('v1');
  });

  it('is found out about when the target is tried', async () => {
    const anywhere = { resolve: (host: string) => Promise.resolve(host) };
    const tried = async (login: PrometheusCredential | null) => checkPrometheus(accessWith(login), anywhere);
    expect(await tried(null)).toMatchObject({ result: 'fail', message: expect.stringContaining('asks for a login (401)') });
    expect(await tried(WRONG)).toMatchObject({ result: 'fail', message: expect.stringContaining('refuses the login (401)') });
    expect(await tried(PROMETHEUS_LOGIN)).toMatchObject({ result: 'warn', message: expect.stringContaining('in clear: use https') });
  });
});
