import type { PrometheusCredential } from '@slipway/contracts';
import { CANARY, checkPrometheus, Scenario, type RuntimeHarness, type StepResult, type TargetAccess } from '@slipway/runtime-target';
import { BearerGate, lackOfPrometheus, WatchedGauge } from '@slipway/testing';
import { ProcessHarness } from './testing/process-harness';

const lack = lackOfPrometheus();
const given = lack ? describe.skip : describe;
const ANYWHERE = { resolve: (host: string) => Promise.resolve(host) };
const METRIC = { name: 'late-orders', query: 'sum(late_orders{release="{{release_id}}"})', max: 5 };

given(`a canary that Prometheus judges${lack ? ` (skipped: ${lack})` : ''}`, () => {
  jest.setTimeout(60_000);
  let harness: ProcessHarness;
  let late: WatchedGauge;
  beforeAll(async () => {
    harness = new ProcessHarness();
    late = await WatchedGauge.start();
  });
  afterAll(async () => {
    await late.stop();
    await harness.close();
  });

  const accessTo = (url: string, login: PrometheusCredential | null): TargetAccess => ({
    ...harness.access,
    connection: { ...harness.access.connection, prometheus: { url } },
    prometheusCredential: () => Promise.resolve(login),
  });

  /** A canary without any request of its own, on a target whose figures are at `url`. */
  async function canary(
    figures: Record<string, number>,
    metric: Partial<typeof METRIC> = {},
    url = late.url,
    login: PrometheusCredential | null = null,
  ): Promise<{ result: StepResult; alone: (version: 'v1' | 'v2') => Promise<void> }> {
    const there = Object.create(harness, { access: { value: accessTo(url, login) } }) as RuntimeHarness;
    const scenario = new Scenario(there);
    const strategy = { ...CANARY, metrics: [{ ...METRIC, ...metric }], on_inconclusive: 'abort' as const };
    const [first, next] = await Promise.all([scenario.release('v1', strategy), scenario.release('v2', strategy)]);
    await scenario.deploy(first);
    await late.set(figures);
    const result = await scenario.run(scenario.target.deploySteps(next));
    return { result, alone: (version) => scenario.expectAlone(version === 'v1' ? first : next) };
  }

  it('goes on while its metrics keep their limits, without a request that anybody counted', async () => {
    const { result } = await canary({ 'rel-v1': 90, 'rel-v2': 3 });
    expect(result).toMatchObject({ outcome: 'succeeded' });
  });

  it('is aborted by a metric beyond its limit, which the step names, and gives the traffic back', async () => {
    const { result, alone } = await canary({ 'rel-v1': 1, 'rel-v2': 9 });
    expect(result).toMatchObject({
      outcome: 'failed',
      summary: expect.stringContaining('metric late-orders is 9, allowed at most 5'),
      observed: { metrics: [{ name: 'late-orders', value: 9, max: 5 }] },
    });
    await alone('v1');
  });

  it.each([
    ['there is no data', {}, {}],
    ['the query is wrong', { 'rel-v2': 1 }, { query: 'sum(' }],
    ['several series answer', { 'rel-v1': 1, 'rel-v2': 1 }, { query: 'late_orders' }],
  ])('is inconclusive when %s, and gives the traffic back', async (_why, figures: Record<string, number>, metric) => {
    const { result, alone } = await canary(figures, metric);
    expect(result).toMatchObject({ outcome: 'inconclusive', summary: expect.stringContaining('Metric late-orders cannot be judged') });
    await alone('v1');
  });

  it('is inconclusive when nobody answers', async () => {
    const { result } = await canary({ 'rel-v2': 1 }, {}, 'http://127.0.0.1:9');
    expect(result).toMatchObject({ outcome: 'inconclusive', summary: expect.stringContaining('ECONNREFUSED') });
  });

  it('is judged behind a proxy that asks for a bearer token, and inconclusive with another token', async () => {
    const gate = await BearerGate.before(late.url, 'a token');
    try {
      const token = (text: string): PrometheusCredential => ({ kind: 'bearer_token', token: text });
      const { result } = await canary({ 'rel-v1': 1, 'rel-v2': 9 }, {}, gate.url, token('a token'));
      expect(result).toMatchObject({ outcome: 'failed', summary: expect.stringContaining('metric late-orders is 9, allowed at most 5') });
      const other = await canary({ 'rel-v1': 1, 'rel-v2': 9 }, {}, gate.url, token('another'));
      expect(other.result).toMatchObject({ outcome: 'inconclusive', summary: expect.stringContaining('refuses the login') });
      const checked = async (login: PrometheusCredential | null) => (await checkPrometheus(accessTo(gate.url, login), ANYWHERE))!;
      expect([await checked(token('a token')), await checked(token('another')), await checked(null)]).toMatchObject([
        { result: 'warn', message: expect.stringContaining('answers; its login goes there in clear') },
        { result: 'fail', message: expect.stringContaining('refuses the login (401)') },
        { result: 'fail', message: expect.stringContaining('asks for a login (401)') },
      ]);
    } finally {
      gate.close();
    }
  });

  it('is refused where it could never be judged', async () => {
    const scenario = new Scenario(harness);
    const field = (strategy: Parameters<Scenario['release']>[1]) =>
      scenario.release('v1', strategy).catch((error: { details: unknown }) => error.details);
    expect(await field({ ...CANARY, metrics: [METRIC] })).toEqual({ field: 'strategy.metrics' });
    const connection = { ...harness.access.connection, prometheus: { url: late.url } };
    const there = new Scenario(Object.create(harness, { access: { value: { ...harness.access, connection } } }) as RuntimeHarness);
    const refused = (metric: object) =>
      there.release('v1', { ...CANARY, metrics: [{ ...METRIC, ...metric }] }).catch((error: { details: unknown }) => error.details);
    expect(await refused({ max: undefined })).toEqual({ field: 'strategy.metrics[0]' });
    expect(await refused({ query: 'up{release="{{realease_id}}"}' })).toEqual({ field: 'strategy.metrics[0].query' });
  });
});
