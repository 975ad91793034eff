import { changeCases, ROLLING, Scenario, specsOf, type ChangeInput, type RuntimeHarness, type TargetAccess } from '@slipway/runtime-target';
import { findKubernetesCluster } from '@slipway/testing';
import { KINDS } from './api/kinds';
import { objectPath } from './api/kube-object';
import { HTTP_ROUTE, routeServiceName } from './render/gateway';
import { asKubernetesManifest } from './render/manifest';
import { KubernetesHarness } from './testing/kubernetes-harness';

const cluster = findKubernetesCluster();
const GATEWAY = 'public';

if ('lack' in cluster) {
  it.skip(`traffic by the routes of a Gateway (skipped: ${cluster.lack})`, () => undefined);
} else {
  describe('traffic by the routes of a Gateway, where pods run', () => {
    jest.setTimeout(180_000);
    let harness: KubernetesHarness;
    beforeAll(async () => {
      harness = await KubernetesHarness.open(cluster, GATEWAY);
    });
    afterAll(() => harness.close());

    const specify = specsOf(() => harness, { sideBySide: true });
    const scenarioOn = (connection: Partial<TargetAccess['connection']>): Scenario => {
      const access = { ...harness.access, connection: { ...harness.access.connection, ...connection } };
      return new Scenario(Object.create(harness, { access: { value: access } }) as RuntimeHarness);
    };
    const routeServiceOf = ({ releaseId, manifest }: ChangeInput): string =>
      routeServiceName({ releaseId, manifest: asKubernetesManifest(manifest) });

    changeCases(specify, () => harness);

    specify('takes a release along that came before the target named its Gateway, and goes back to it as it was', async () => {
      const plain = scenarioOn({ gateway: undefined });
      const first = await plain.release('v1', ROLLING);
      await plain.deploy(first);
      const behind = Object.assign(scenarioOn({}), { slotId: plain.slotId, serviceName: plain.serviceName });
      const next = await behind.release('v2', ROLLING);
      const { summary } = (await behind.plan(next, await behind.observe())).actions.find(({ verb }) => verb === 'route')!;
      expect(summary).toBe('Weigh the new version in the HTTPRoute, batch by batch: 50 %, 100 %');
      expect(await behind.run(behind.target.deploySteps(next).slice(0, 2))).toMatchObject({ outcome: 'succeeded' });
      const { load } = await behind.underLoad(() => behind.deploy(next));
      expect(load.failures).toEqual([]);
      expect((await behind.target.verify(next, behind.context())).filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
      await behind.run(behind.target.restoreSteps(first));
      await behind.expectAlone(first);
      expect(await harness.client.get(HTTP_ROUTE, behind.serviceName)).toBeNull();
    });

    specify('gives the traffic back when the Service of the new version does not lead to it', async () => {
      const scenario = new Scenario(harness);
      const first = await scenario.release('v1', ROLLING);
      await scenario.deploy(first);
      const next = await scenario.release('v2', ROLLING);
      const [prepare, ...update] = scenario.target.deploySteps(next);
      await scenario.run([prepare!]);
      // Somebody's controller, or a mistake, again and again: the Service selects nothing.
      const path = objectPath(KINDS.Service, harness.client.namespace, routeServiceOf(next));
      const body = { spec: { selector: { nobody: 'at-all' } } };
      await harness.client.json({ method: 'PATCH', path, contentType: 'application/merge-patch+json', body });
      const { result, load } = await scenario.underLoad(() => scenario.run(update));
      expect(result).toMatchObject({ outcome: 'failed', summary: expect.stringContaining('does not lead to the replicas') });
      expect([load.failures, [...load.versions.keys()]]).toEqual([[], ['v1']]);
      await scenario.expectAlone(first);
    });
  });
}
