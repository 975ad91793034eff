import { startLoad, startPlatform, type Actor, type Load, type Platform } from '@slipway/platform-driver';
import type { Schemas } from '@slipway/api-client';
import { eventually, findKubernetesCluster } from '@slipway/testing';
import { startGroup, untilGroupEnded, type GroupView } from '../driver/groups';
import { Kubectl } from '../driver/kubernetes';
import { untilTimelineOfUpdate } from '../driver/lifecycle';
import { shopManifest } from '../driver/shop';

const cluster = findKubernetesCluster();

if ('lack' in cluster) {
  it.skip(`an application on a cluster, through the whole platform (skipped: ${cluster.lack})`, () => undefined);
} else {
  describe('an application of two services on a cluster', () => {
    jest.setTimeout(120_000);
    const kubectl = new Kubectl(cluster, `journey-${process.pid}`);
    const where = { service: 'shop', target: 'cluster' };
    let platform: Platform;
    let developer: Actor;
    let slotId: string;
    beforeAll(async () => {
      await kubectl.createNamespace();
      platform = await startPlatform({ environment: { SLIPWAY_DRIFT_INTERVAL_MS: '2000' } });
      developer = platform.as('developer');
      await platform.as('admin').createService('shop');
    }, 180_000);
    afterAll(async () => {
      await platform?.stop();
      await kubectl.deleteNamespace();
    }, 60_000);

    const push = (version: string, crashing = false) =>
      developer.push(version, { files: { 'slipway.json': shopManifest(cluster.image, version, { crashing }) } }, 'shop');
    const status = async (): Promise<Schemas['SlotStatusView']> =>
      (await developer.api.GET('/api/v1/deploy/slots/{id}/status', { params: { path: { id: slotId } } })).data!;
    /** A connection for each request: what a Service spreads are connections. */
    const load = async (): Promise<Load> => {
      const traffic = startLoad(await kubectl.address('shop'), { kept: false });
      await eventually(() => traffic.result.requests > 20);
      return traffic;
    };
    const unfailed = async (traffic: Load): Promise<readonly string[]> => {
      const { failed, failures, answers } = await traffic.stop();
      expect({ failed, failures }).toEqual({ failed: 0, failures: [] });
      return [...answers.keys()].sort();
    };

    it('is connected with a kubeconfig, tried, and deployed', async () => {
      const { data: target } = await platform.api('admin').POST('/api/v1/deploy/targets', {
        params: {},
        body: {
          project: 'demo',
          environment: 'dev',
          name: 'cluster',
          runtime_type: 'k8s',
          kubeconfig: { content: kubectl.kubeconfig(), namespace: kubectl.namespace },
        },
      });
      expect(target!.report).toMatchObject({ ok: true, versions: { kubernetes: expect.stringMatching(/^v1\./) } });
      await push('1.0.0');
      const first = await developer.deploy({ ...where, artifact: '1.0.0' });
      expect(first).toMatchObject({ status: 'applied', runtime_type: 'k8s' });
      slotId = first.slot_id;
      const { replicas } = await status();
      expect(replicas.map(({ process, ready }) => `${process} ${ready}`).sort()).toEqual(['stock true', 'web true', 'web true']);
      const url = await kubectl.address('shop');
      await eventually(async () => (await fetch(url).then((answer) => answer.text(), String)) === '1.0.0');
    });

    it('is updated under load without a failed request', async () => {
      await push('1.1.0');
      const traffic = await load();
      const update = await developer.deploy({ ...where, artifact: '1.1.0' });
      expect(update.status).toBe('applied');
      expect(await unfailed(traffic)).toEqual(['1.0.0', '1.1.0']);
      await untilTimelineOfUpdate(developer, update.release_id);
    });

    it('is rolled back by itself when the new version breaks, and says why', async () => {
      await push('1.2.0', true);
      const traffic = await load();
      const bad = await developer.start({ ...where, artifact: '1.2.0' });
      const ended = await developer.until(bad.release_id, ['rolled_back', 'rollback_failed', 'applied']);
      expect(ended).toMatchObject({ status: 'rolled_back', rollback: { automatic: true, status: 'completed' } });
      expect(JSON.stringify(ended.diagnostics_json)).toContain('the database is not there');
      expect(await unfailed(traffic)).toEqual(['1.1.0']);
    });

    it('shows what somebody edited by hand as drift, by name, within the schedule; applied again it is as released', async () => {
      const web = (await kubectl.deployments())
        .map(({ metadata }) => metadata.name as string)
        .find((name) => name.startsWith('shop-web-'))!;
      await kubectl.edit(web, { minReadySeconds: 7 });
      await eventually(async () => (await developer.slot(slotId)).drift === 'drifted', { timeoutMs: 30_000 });
      expect((await status()).findings).toContainEqual(
        expect.objectContaining({
          kind: 'changed',
          detail: expect.stringMatching(/minReadySeconds.*kubectl-edit|kubectl-edit.*minReadySeconds/s),
        }),
      );
      expect((await developer.deploy({ ...where, artifact: '1.1.0' })).status).toBe('applied');
      await eventually(async () => (await developer.slot(slotId)).drift === 'none', { timeoutMs: 30_000 });
    });

    it('is updated to the end when the executor is killed in the middle of it, without a failed request', async () => {
      await push('1.3.0');
      const traffic = await load();
      const update = await developer.start({ ...where, artifact: '1.3.0' });
      await eventually(
        async () =>
          (await kubectl.deployments()).some(
            ({ metadata, status: seen }) =>
              metadata.name.startsWith('shop-web-') && metadata.labels['slipway.dev/release'] === update.release_id && seen.replicas > 0,
          ),
        { timeoutMs: 30_000 },
      );
      await platform.kill('runtime-executor');
      expect((await developer.untilEnded(update.release_id)).status).toBe('applied');
      expect(await unfailed(traffic)).toEqual(['1.1.0', '1.3.0']);
      const { replicas } = await status();
      const running = replicas.filter(({ state }) => state === 'running');
      expect(running.map(({ release_id }) => release_id)).toEqual(Array(3).fill(update.release_id));
    });

    it('moves together with another service as one group, and both go back when the second breaks', async () => {
      await platform.as('admin').createService('till');
      const group = async (version: string, crashing = false): Promise<GroupView> => {
        await push(version);
        const till = shopManifest(cluster.image, version, { crashing, beside: 'ledger' });
        await developer.push(version, { files: { 'slipway.json': till } }, 'till');
        const members = ['shop', 'till'].map((service) => ({ service, artifact: version, target: 'cluster' }));
        return untilGroupEnded(developer, await startGroup(developer, 'dev', members));
      };
      const served = (): Promise<string[]> =>
        Promise.all(['shop', 'till'].map(async (service) => (await fetch(await kubectl.address(service))).text()));
      const both = (version: string) =>
        eventually(async () => (await served()).every((answer) => answer === version), { timeoutMs: 30_000 });
      const good = await group('2.0.0');
      expect(good).toMatchObject({ status: 'applied', members: [{ status: 'applied' }, { status: 'applied' }] });
      await both('2.0.0');
      const traffic = await load();
      const bad = await group('2.1.0', true);
      expect(bad).toMatchObject({
        status: 'rolled_back',
        rollback: { automatic: true, status: 'completed' },
        members: [{ status: 'rolled_back' }, { status: 'rolled_back' }],
      });
      expect(bad.diagnostics_json?.summary).toMatch(/^till 2\.1\.0: /);
      await both('2.0.0');
      expect(await unfailed(traffic)).toEqual(['2.0.0', '2.1.0']);
    }, 240_000);

    it('is rolled back by a person under load, which holds the slot', async () => {
      await push('3.0.0');
      const { release_id: id } = await developer.deploy({ ...where, artifact: '3.0.0' });
      const traffic = await load();
      await developer.rollback(id, 'the journey says so');
      expect(await developer.until(id, ['rolled_back', 'rollback_failed'])).toMatchObject({ status: 'rolled_back' });
      expect(await unfailed(traffic)).toEqual(['2.0.0', '3.0.0']);
      expect(await developer.slot(slotId)).toMatchObject({ artifact_version: '2.0.0', hold: { reason: expect.any(String) } });
    });
  });
}
