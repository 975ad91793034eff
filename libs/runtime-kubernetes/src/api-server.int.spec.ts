import type { ArtifactManifest } from '@slipway/contracts';
import { resolveStrategy, sha256 } from '@slipway/contracts';
import { ROLLING, type ChangeInput, type PlanInput, type TargetAccess } from '@slipway/runtime-target';
import { eventually, lackOfKubernetesApi, startKubernetesApi, type KubernetesApi } from '@slipway/testing';
import type { KubeClient } from './api/kube-client';
import { KINDS } from './api/kinds';
import { collectionPath, objectPath, type KubeObject, type ResourcePath } from './api/kube-object';
import { KubernetesRuntimeTarget } from './kubernetes-runtime-target';
import { HTTP_ROUTE } from './render/gateway';
import { workloadName } from './render/instantiate';
import { asKubernetesManifest } from './render/manifest';
import { accessOf, ANYWHERE } from './testing/cluster-access';
import { deployed, givenNamespace } from './testing/given-api';
import { createGateway, installGatewayApi } from './testing/gateway-api';
import { contextOf, SAMPLE, sampleRelease } from './testing/sample-release';

const lack = lackOfKubernetesApi();
const given = lack ? describe.skip : describe;
const SLOT = 'slt-shop';
jest.setTimeout(60_000);

given(`the Kubernetes runtime against an API server${lack ? ` (skipped: ${lack})` : ''}`, () => {
  let api: KubernetesApi;
  let client: KubeClient;
  let access: TargetAccess;
  const target = new KubernetesRuntimeTarget({ network: ANYWHERE });

  beforeAll(async () => {
    api = await startKubernetesApi();
  });
  afterAll(async () => {
    await target.close();
    await api.stop();
  });
  beforeEach(async () => {
    ({ access, client } = await givenNamespace(api));
  });
  afterEach(() => client.close());

  const release = (releaseId: string, change: Parameters<typeof sampleRelease>[4] = {}) =>
    sampleRelease(target, access, SLOT, releaseId, { version: '1', ...change });
  const planOf = async ({ releaseId: _releaseId, ...input }: ChangeInput) => {
    const asked: PlanInput = { ...input, observation: await target.observe(access, SLOT) };
    return target.plan(asked);
  };
  const edit = (resource: ResourcePath, name: string, body: unknown) =>
    client.json({
      method: 'PATCH',
      path: objectPath(resource, client.namespace, name),
      query: { fieldManager: 'kubectl-edit' },
      contentType: 'application/merge-patch+json',
      body,
    });
  const changes = async (input: ChangeInput) => (await target.drift(input)).filter(({ what }) => !['web', 'cache'].includes(what));
  const webOf = (input: ChangeInput) => workloadName({ releaseId: input.releaseId, manifest: asKubernetesManifest(input.manifest) }, 'web');

  describe('the connection', () => {
    const reportFor = (change: Partial<{ server: string; namespace: string }>, token = api.token) =>
      target.checkConnection(accessOf({ ...access.connection, ...change }, { kind: 'bearer_token', token }));

    it('is sound for an administrator, with the version', async () => {
      const report = await target.checkConnection(access);
      expect(report.ok).toBe(true);
      expect(report.versions['kubernetes']).toMatch(/^v1\.\d+/);
    });

    it('says every right that is missing, and the rules of a Role that would grant them', async () => {
      const report = await reportFor({}, api.nobodyToken);
      expect(report.ok).toBe(false);
      const { message } = report.checks.find(({ name }) => name === 'permissions')!;
      expect(message).toContain('create deployments');
      expect(message).toContain('"apiGroups":["apps"]');
    });

    it('says that the credential is refused, that nothing answers, that the namespace is missing', async () => {
      const failing = async (report: ReturnType<typeof reportFor>) => (await report).checks.find(({ result }) => result === 'fail');
      expect(await failing(reportFor({}, 'wrong'))).toMatchObject({ name: 'credential' });
      expect(await failing(reportFor({ server: 'https://127.0.0.1:1' }))).toMatchObject({ name: 'reachable' });
      expect(await failing(reportFor({ namespace: 'nowhere' }))).toMatchObject({
        name: 'namespace',
        message: expect.stringContaining('kubectl create namespace nowhere'),
      });
    });

    it('goes nowhere that the network policy refuses', async () => {
      const refused = new KubernetesRuntimeTarget({ network: { resolve: () => Promise.reject(new Error('not allowed')) } });
      await expect(refused.observe(access, SLOT)).rejects.toThrow('not allowed');
      expect((await refused.checkConnection(access)).ok).toBe(false);
    });
  });

  describe('a plan', () => {
    it('creates what is not there, and writes nothing', async () => {
      const plan = await planOf(release('rel-1'));
      expect(plan.actions.map(({ verb, kind, name }) => `${verb} ${kind} ${name}`)).toEqual(
        expect.arrayContaining(['create PersistentVolumeClaim shop-uploads', 'create Service shop', 'start Deployment web']),
      );
      expect(plan.checks.find(({ name }) => name === 'api-server-accepts')?.result).toBe('pass');
      for (const kind of [KINDS.Deployment, KINDS.Service, KINDS.PersistentVolumeClaim, KINDS.ConfigMap])
        expect((await client.json<{ items: KubeObject[] }>({ method: 'GET', path: collectionPath(kind, client.namespace) })).items).toEqual(
          [],
        );
    });

    it('has no difference for what stands, and one line for what changes', async () => {
      const first = release('rel-1');
      await deployed(client, first, 1);
      expect((await planOf(first)).diff).toEqual([]);
      const { diff } = await planOf(release('rel-2', { variables: { GREETING: 'good day' } }));
      const env = (process: string, rest: string): unknown =>
        expect.stringMatching(new RegExp(`^/Deployment shop-${process}/spec/template/spec/containers/0/env/\\d+${rest}$`));
      expect(diff).toEqual([
        expect.objectContaining({ op: 'add', path: env('cache', '') }),
        expect.objectContaining({ op: 'replace', path: env('web', '/value'), before: 'hello', after: 'good day' }),
      ]);
    });

    it('shows what the server would refuse, and what is somebody else’s', async () => {
      await client.json({
        method: 'POST',
        path: collectionPath(KINDS.Service, client.namespace),
        body: { apiVersion: 'v1', kind: 'Service', metadata: { name: 'shop' }, spec: { ports: [{ port: 80 }] } },
      });
      const processes = {
        web: { ...SAMPLE.processes!['web']!, env: { ['x'.repeat(60)]: 'ok' }, resources: { memory_request_mib: 99, memory_limit_mib: 9 } },
      };
      const { checks } = await planOf(release('rel-1', { manifest: { ...SAMPLE, processes } }));
      expect(checks.find(({ name }) => name === 'api-server-accepts')).toMatchObject({
        result: 'fail',
        message: expect.stringContaining('memory'),
      });
      expect(checks.find(({ name }) => name === 'names-are-free')).toMatchObject({
        result: 'fail',
        message: expect.stringContaining('Service shop'),
      });
      await expect(target.deploySteps(release('rel-1'))[0]!.run(contextOf(1))).resolves.toMatchObject({
        outcome: 'failed',
        observed: { code: 'manifest_refused' },
      });
    });
  });

  describe('drift', () => {
    it('names the field that somebody changed, and who; what is missing; what should not be there', async () => {
      const first = release('rel-1');
      await deployed(client, first, 1);
      expect(await changes(first)).toEqual([]);
      await edit(KINDS.Deployment, webOf(first), { spec: { replicas: 5 } });
      await edit(KINDS.Service, 'shop', { spec: { sessionAffinity: 'ClientIP' } });
      await client.remove(KINDS.Service, 'cache', {});
      const findings = await changes(first);
      expect(findings).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            kind: 'changed',
            detail: expect.stringMatching(/spec\.replicas: released 2, found 5 \(set by kubectl-edit/),
          }),
          expect.objectContaining({ kind: 'missing', what: 'Service cache' }),
          expect.objectContaining({
            kind: 'changed',
            what: 'Service shop',
            detail: expect.stringMatching(/spec\.sessionAffinity.*kubectl-edit/),
          }),
        ]),
      );
      expect((await target.drift(release('rel-2')))[0]).toMatchObject({ kind: 'missing', what: 'release rel-2' });
    });

    it('is taken back when the release is applied again', async () => {
      const first = release('rel-1');
      await deployed(client, first, 1);
      await edit(KINDS.Deployment, webOf(first), { spec: { replicas: 5, minReadySeconds: 9 } });
      await edit(KINDS.Service, 'shop', { spec: { sessionAffinity: 'ClientIP' } });
      await deployed(client, first, 2);
      expect(await changes(first)).toEqual([]);
    });
  });

  it("applies somebody's own manifests in the target's namespace, and prunes what the next release does not name", async () => {
    const image = `registry.example/shop@${sha256('image')}`;
    const files = (settings: string) => ({
      'k8s.yaml': Buffer.from(`
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: "${image}"}]}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: ${settings}}
data: {a: b}
`),
    });
    const manifest: ArtifactManifest = { api_version: 'slipway/v1', kubernetes: { files: ['k8s.yaml'] } };
    const [first, second] = ['one', 'two'].map((settings) => release(`rel-${settings}`, { manifest, files: files(settings) })) as [
      ChangeInput,
      ChangeInput,
    ];
    await deployed(client, first, 1);
    const next = await planOf(second);
    expect(next.actions.map(({ verb, name }) => `${verb} ${name}`)).toEqual(expect.arrayContaining(['create two', 'delete ConfigMap one']));
    await deployed(client, second, 2);
    expect(await client.get(KINDS.ConfigMap, 'one')).not.toBeNull();
    await target.settle({ ...second, strategy: ROLLING }, contextOf(3));
    expect(await client.get(KINDS.ConfigMap, 'one')).toBeNull();
    expect(await client.get(KINDS.ConfigMap, 'two')).toMatchObject({ data: { a: 'b' } });
  });

  describe('behind a Gateway', () => {
    const gateway = { name: 'public', namespace: 'gateways', hostname: '{service}.example' };
    const behind = (releaseId: string) =>
      sampleRelease(target, accessOf({ ...access.connection, gateway }, { kind: 'bearer_token', token: api.token }), SLOT, releaseId);
    const route = () =>
      client.get<KubeObject & { spec: { rules: { backendRefs: { name: string; weight: number }[] }[] } }>(HTTP_ROUTE, 'shop');

    it('says whether the cluster has the Gateway API, and the Gateway that the target names', async () => {
      const connection = { ...access.connection, gateway };
      const report = () => target.checkConnection(accessOf(connection, { kind: 'bearer_token', token: api.token }));
      expect((await report()).checks).toContainEqual(expect.objectContaining({ name: 'gateway-api', result: 'fail' }));
      await installGatewayApi(client);
      expect((await report()).checks).toContainEqual({
        name: 'gateway',
        result: 'fail',
        message: 'There is no Gateway public in namespace gateways: kubectl get gateways -A shows those that there are.',
      });
      await createGateway(client, 'gateways', 'public');
      await eventually(async () => (await report()).ok);
    });

    it('is a failed check where another route answers for its host', async () => {
      await installGatewayApi(client);
      const checked = async () => (await planOf(behind('rel-1'))).checks.find(({ name }) => name === 'route-is-free');
      expect(await checked()).toMatchObject({ result: 'pass' });
      const parentRefs = [{ name: 'public', namespace: 'gateways' }];
      const other = (name: string, hostnames: string[]) => ({
        apiVersion: HTTP_ROUTE.apiVersion,
        kind: 'HTTPRoute',
        metadata: { name },
        spec: { parentRefs, hostnames, rules: [] },
      });
      const path = collectionPath(HTTP_ROUTE, client.namespace);
      await client.json({ method: 'POST', path, body: other('elsewhere', ['till.example']) });
      expect(await checked()).toMatchObject({ result: 'pass' });
      await client.json({ method: 'POST', path, body: other('by-hand', ['shop.example']) });
      expect(await checked()).toMatchObject({
        result: 'fail',
        message: expect.stringContaining('HTTPRoute by-hand answers for host shop.example'),
      });
    });

    it('weighs the releases in a route, each by a Service of its own, and removes the route with the last of them', async () => {
      await installGatewayApi(client);
      const [first, second] = [behind('rel-1'), behind('rel-2')];
      await eventually(() => deployed(client, first, 1));
      await deployed(client, second, 2);
      const canary = await deployed(client, first, 3);
      await canary.route((await canary.reader.release('rel-2'))!, [
        { releaseId: 'rel-2', percent: 10 },
        { releaseId: 'rel-1', percent: 90 },
      ]);
      expect((await route())?.spec).toMatchObject({ hostnames: ['shop.example'] });
      expect((await route())?.spec.rules[0]?.backendRefs.map(({ weight }) => weight)).toEqual([10, 90]);
      expect(await client.get(KINDS.Service, 'shop')).toMatchObject({ spec: { selector: { 'slipway.dev/release': 'rel-1' } } });
      for (const { name } of (await route())!.spec.rules[0]!.backendRefs) expect(await client.get(KINDS.Service, name)).not.toBeNull();
      const steps = [{ percent: 10, duration_ms: 1_000 }];
      const { actions } = await planOf({ ...behind('rel-3'), strategy: resolveStrategy({ type: 'canary', steps }) });
      expect(actions.filter(({ verb }) => verb === 'route').map(({ kind, summary }) => `${kind}: ${summary}`)).toEqual([
        expect.stringMatching(/^HTTPRoute: Give 10 % of the traffic/),
        'HTTPRoute: Set the weights of the HTTPRoute to 100 % for the new version',
      ]);
      for (const releaseId of ['rel-2', 'rel-1']) await canary.remove(releaseId);
      await canary.prune();
      expect(await route()).toBeNull();
      expect((await client.list(KINDS.Service, '')).items).toEqual([]);
    });
  });
});
