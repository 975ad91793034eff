import { ask, ROLLING, Scenario } from '@slipway/runtime-target';
import { findKubernetesCluster } from '@slipway/testing';
import { KINDS } from './api/kinds';
import type { KubeObject } from './api/kube-object';
import { KubernetesHarness } from './testing/kubernetes-harness';
import { BESIDE, withOwnManifests } from './testing/own-manifests';

const cluster = findKubernetesCluster();
const VERSIONS = {
  v1: { greeting: 'hello', more: BESIDE },
  v2: { greeting: 'good day' },
  v3: { greeting: 'never said', crashing: true, more: [{ ...BESIDE[0]!, metadata: { name: 'of-v3' } }] },
};

if ('lack' in cluster) {
  it.skip(`somebody's own manifests on a cluster where pods run (skipped: ${cluster.lack})`, () => undefined);
} else {
  describe("somebody's own manifests, many documents in one file, where pods run", () => {
    jest.setTimeout(180_000);
    let harness: KubernetesHarness;
    beforeAll(async () => {
      harness = await KubernetesHarness.open(cluster);
    });
    afterAll(() => harness.close());

    /** What stands beside the workloads, by name; only this platform's. */
    const standing = async (): Promise<readonly string[]> => {
      const kinds = [KINDS.ConfigMap, KINDS.Service] as const;
      const lists = await Promise.all(kinds.map((kind) => harness.client.list<KubeObject>(kind, 'slipway.dev/slot')));
      const names = lists.flatMap(({ items }) => items.map(({ metadata }) => metadata.name!));
      return names.filter((name) => !name.startsWith('slipway-')).sort();
    };
    const greeting = async (): Promise<string | undefined> =>
      (await harness.client.get<KubeObject & { data?: Record<string, string> }>(KINDS.ConfigMap, 'settings'))?.data?.['greeting'];
    /** What a replica of that version was given; proxies of the nodes hear of a switch a moment after the API server. */
    const environmentOf = async (scenario: Scenario, version: string): Promise<Record<string, string>> => {
      const url = `${await scenario.url()}/env`;
      let given: Record<string, string> = {};
      await scenario.until(`${version} answers`, async () => {
        given = JSON.parse((await ask(url)).body) as Record<string, string>;
        return given['SLIPWAY_ARTIFACT_VERSION'] === version;
      });
      return given;
    };

    it('are deployed, updated with what is no longer named pruned, taken back when they fail, and rolled back', async () => {
      const scenario = new Scenario(withOwnManifests(harness, cluster.image, VERSIONS));
      const [first, next, bad] = await Promise.all(['v1', 'v2', 'v3'].map((version) => scenario.release(version, ROLLING)));
      await scenario.deploy(first!);
      await scenario.expectAlone(first!);
      const everything = ['beside', scenario.serviceName, 'second-name', 'settings'].sort();
      expect(await standing()).toEqual(everything);
      expect((await environmentOf(scenario, 'v1'))['SALUTE']).toBe('hello');
      expect(await scenario.target.drift(first!)).toEqual([]);

      const plan = await scenario.plan(next!, await scenario.observe());
      expect(plan.actions.map(({ verb, kind, name }) => `${verb} ${kind} ${name}`)).toEqual(
        expect.arrayContaining(['delete object ConfigMap beside', 'delete object Service second-name']),
      );
      const update = await scenario.underLoad(() => scenario.deploy(next!));
      expect(update.load.failures).toEqual([]);
      await scenario.expectAlone(next!);
      expect(await standing()).toEqual([scenario.serviceName, 'settings'].sort());
      expect((await environmentOf(scenario, 'v2'))['SALUTE']).toBe('good day');

      const failure = await scenario.underLoad(() => scenario.run(scenario.target.deploySteps(bad!)));
      expect(failure.result.outcome).toBe('failed');
      expect(failure.load.failures).toEqual([]);
      await scenario.expectAlone(next!);
      expect([await standing(), await greeting()]).toEqual([[scenario.serviceName, 'settings'].sort(), 'good day']);
      expect(await scenario.target.drift(next!)).toEqual([]);

      const wayBack = await scenario.underLoad(() => scenario.run(scenario.target.restoreSteps(first!)));
      expect(wayBack.result.outcome).toBe('succeeded');
      expect(wayBack.load.failures).toEqual([]);
      await scenario.expectAlone(first!);
      expect(await standing()).toEqual(everything);
      expect((await environmentOf(scenario, 'v1'))['SALUTE']).toBe('hello');
      expect((await scenario.target.verify(first!, scenario.context())).filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    });
  });
}
