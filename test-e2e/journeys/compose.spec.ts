import type { Schemas } from '@slipway/api-client';
import { startLoad, startPlatform, type Actor, type Load, type Platform } from '@slipway/platform-driver';
import { docker, eventually, lackOfDockerHost, lackOfPrometheus, PROMETHEUS_LOGIN, WatchedGauge } from '@slipway/testing';
import { startGroup, untilGroupEnded, type GroupView } from '../driver/groups';
import { untilTimelineOfUpdate } from '../driver/lifecycle';
import { ShopHost } from '../driver/shop-host';

const lack = lackOfDockerHost();

if (lack !== undefined) {
  it.skip(`a Compose application over SSH, through the whole platform (skipped: ${lack})`, () => undefined);
} else {
  describe('an application of two services, by its own Compose file, on a Docker host over SSH', () => {
    jest.setTimeout(120_000);
    const where = { service: 'shop', target: 'docker' };
    let host: ShopHost;
    let platform: Platform;
    let developer: Actor;
    let slotId: string;
    beforeAll(async () => {
      host = await ShopHost.start();
      platform = await startPlatform({ environment: { SLIPWAY_DRIFT_INTERVAL_MS: '2000' } });
      developer = platform.as('developer');
      await platform.as('admin').createService('shop');
    }, 180_000);
    afterAll(async () => {
      await platform?.stop();
      await host?.stop();
    }, 60_000);

    const push = (version: string, crashing = false) => developer.push(version, { files: host.files(version, crashing) }, 'shop');
    const status = async (): Promise<Schemas['SlotStatusView']> =>
      (await developer.api.GET('/api/v1/deploy/slots/{id}/status', { params: { path: { id: slotId } } })).data!;
    const load = async (): Promise<Load> => {
      const traffic = startLoad((await status()).url!);
      await eventually(() => traffic.result.requests > 20);
      return traffic;
    };
    const unfailed = async (traffic: Load): Promise<readonly string[]> => {
      const { failed, failures, answers } = await traffic.stop();
      expect({ failed, failures }).toEqual({ failed: 0, failures: [] });
      return [...answers.keys()].sort();
    };

    it('is connected with a key, tried, its host key pinned, and deployed', async () => {
      const { data: target } = await platform.api('admin').POST('/api/v1/deploy/targets', { params: {}, body: host.target() });
      expect(target!.report).toMatchObject({ ok: true, versions: { docker: expect.any(String), compose: expect.any(String) } });
      await push('1.0.0');
      const first = await developer.deploy({ ...where, artifact: '1.0.0' });
      expect(first).toMatchObject({ status: 'applied', runtime_type: 'compose' });
      slotId = first.slot_id;
      const { replicas, url } = await status();
      expect(replicas.map(({ process, ready }) => `${process} ${ready}`).sort()).toEqual(['stock true', 'web true', 'web true']);
      expect(await (await fetch(url!)).text()).toBe('1.0.0, stock 1.0.0');
    });

    it('is updated under load without a failed request', async () => {
      await push('1.1.0');
      const traffic = await load();
      const update = await developer.deploy({ ...where, artifact: '1.1.0' });
      expect(update.status).toBe('applied');
      expect(await unfailed(traffic)).toEqual(['1.0.0, stock 1.0.0', '1.1.0, stock 1.1.0']);
      await untilTimelineOfUpdate(developer, update.release_id);
    });

    it('is rolled back by itself when the new version breaks, and says why', async () => {
      await push('1.2.0', true);
      const traffic = await load();
      const bad = await developer.start({ ...where, artifact: '1.2.0' });
      const ended = await developer.until(bad.release_id, ['rolled_back', 'rollback_failed', 'applied'], 90_000);
      expect(ended).toMatchObject({ status: 'rolled_back', rollback: { automatic: true, status: 'completed' } });
      expect(ended.diagnostics_json?.summary).toContain('the database is not there');
      // As it was at the failure, before its containers went.
      const seen = ended.diagnostics_json!.payload['target'] as Schemas['SlotDiagnosisView'];
      expect(seen.replicas).toContainEqual(expect.objectContaining({ process: 'web', ready: false, exit_code: 3 }));
      expect(await unfailed(traffic)).toEqual(['1.1.0, stock 1.1.0']);
    });

    it('shows a container that somebody removed as drift, by name, within the schedule; applied again it is as released', async () => {
      const { name } = (await status()).replicas.find(({ process }) => process === 'stock')!;
      await docker('rm', '-f', name);
      await eventually(async () => (await developer.slot(slotId)).drift === 'drifted', { timeoutMs: 30_000 });
      expect((await status()).findings).toContainEqual(expect.objectContaining({ kind: 'missing', what: name }));
      expect((await developer.deploy({ ...where, artifact: '1.1.0' })).status).toBe('applied');
      await eventually(async () => (await developer.slot(slotId)).drift === 'none', { timeoutMs: 30_000 });
    });

    it('moves together with another service as one group, and both go back when the second breaks', async () => {
      await platform.as('admin').createService('till');
      const pushBoth = async (version: string, crashing = false): Promise<void> => {
        await push(version);
        await developer.push(version, { files: host.files(version, crashing) }, 'till');
      };
      const group = async (version: string): Promise<GroupView> => {
        const members = ['shop', 'till'].map((service) => ({ service, artifact: version, target: 'docker' }));
        return untilGroupEnded(developer, await startGroup(developer, 'dev', members));
      };
      const served = (members: GroupView['members']): Promise<string[]> =>
        Promise.all(members.map(async ({ slot_id }) => (await fetch((await developer.slot(slot_id)).url!)).text()));
      await pushBoth('2.0.0');
      const good = await group('2.0.0');
      expect(good).toMatchObject({ status: 'applied', members: [{ status: 'applied' }, { status: 'applied' }] });
      expect(await served(good.members)).toEqual(['2.0.0, stock 2.0.0', '2.0.0, stock 2.0.0']);
      await pushBoth('2.1.0', true);
      const bad = await group('2.1.0');
      expect(bad).toMatchObject({
        status: 'rolled_back',
        rollback: { automatic: true, status: 'completed' },
        members: [{ status: 'rolled_back' }, { status: 'rolled_back' }],
      });
      expect(bad.diagnostics_json?.summary).toMatch(/^till 2\.1\.0: /);
      expect(await served(good.members)).toEqual(['2.0.0, stock 2.0.0', '2.0.0, stock 2.0.0']);
    }, 240_000);

    const lackOfFigures = lackOfPrometheus();
    (lackOfFigures === undefined ? it : it.skip)(
      `has canaries judged by a Prometheus behind a login, which is sealed, tried and rotated${lackOfFigures ? ` (skipped: ${lackOfFigures})` : ''}`,
      async () => {
        const late = await WatchedGauge.start({ login: true });
        try {
          await late.set({ any: 9 });
          const admin = platform.as('admin');
          const { data: targets } = await admin.api.GET('/api/v1/deploy/targets', { params: { query: { project: 'demo' } } });
          const params = { path: { id: targets!.items.find(({ name }) => name === 'docker')!.target_id } };
          const connection = { ...host.target().connection!, prometheus: { url: late.url } };
          const update = (login?: Schemas['CreateTarget']['prometheus_credential']) =>
            platform.api('admin').PATCH('/api/v1/deploy/targets/{id}', { params, body: { connection, prometheus_credential: login } });
          const refused = await update().catch((error: unknown) => error);
          expect(JSON.stringify(refused, Object.getOwnPropertyNames(refused))).toContain('asks for a login (401)');
          const { data: target } = await update(PROMETHEUS_LOGIN);
          expect(target).toMatchObject({ prometheus_credential: { kind: 'basic_auth', version: 1 }, credential: { version: 1 } });
          expect(JSON.stringify(target)).not.toContain(PROMETHEUS_LOGIN.password);
          const wrong = platform.api('admin').POST('/api/v1/deploy/targets/{id}/credential', {
            params,
            body: { prometheus_credential: { ...PROMETHEUS_LOGIN, password: 'abracadabra' } },
          });
          await expect(wrong).rejects.toMatchObject({ code: 'target_unfit' });
          await push('2.2.0');
          const metrics = [{ name: 'late-orders', query: 'sum(late_orders)', max: 5 }];
          const strategy = { type: 'canary' as const, steps: [{ percent: 50, duration_ms: 2000 }], metrics };
          const { release_id } = await developer.start({ ...where, artifact: '2.2.0', strategy });
          const release = await developer.until(release_id, ['rolled_back', 'rollback_failed', 'applied'], 90_000);
          expect(release.status).toBe('rolled_back');
          expect(JSON.stringify(release.diagnostics_json)).toContain('late-orders is 9, allowed at most 5');
        } finally {
          await late.stop();
        }
      },
      240_000,
    );

    it('is rolled back by a person under load, which holds the slot', async () => {
      await push('1.3.0');
      const update = await developer.deploy({ ...where, artifact: '1.3.0' });
      expect(update.status).toBe('applied');
      const traffic = await load();
      await developer.rollback(update.release_id, 'the journey says so');
      expect(await developer.until(update.release_id, ['rolled_back', 'rollback_failed'])).toMatchObject({ status: 'rolled_back' });
      expect(await unfailed(traffic)).toEqual(['1.3.0, stock 1.3.0', '2.0.0, stock 2.0.0']);
      expect(await developer.slot(slotId)).toMatchObject({ artifact_version: '2.0.0', hold: { reason: expect.any(String) } });
    });
  });
}
