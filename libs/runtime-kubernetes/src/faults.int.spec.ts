import { eventually, lackOfKubernetesApi, startKubernetesApi, type KubernetesApi } from '@slipway/testing';
import type { TargetAccess } from '@slipway/runtime-target';
import type { KubeClient } from './api/kube-client';
import { KINDS } from './api/kinds';
import { objectPath, type KubeObject, type ResourcePath } from './api/kube-object';
import { KubernetesRuntimeTarget } from './kubernetes-runtime-target';
import { HTTP_ROUTE } from './render/gateway';
import { fenceOf, FencedSlot } from './slot/fenced-slot';
import { LABEL, slotSelector } from './slot/names';
import { accessOf, ANYWHERE, clientFor, createNamespace } from './testing/cluster-access';
import { FaultProxy, type Fate } from './testing/fault-proxy';
import { installGatewayApi } from './testing/gateway-api';
import { deployed } from './testing/given-api';
import { contextOf, SAMPLE, sampleRelease } from './testing/sample-release';

const lack = lackOfKubernetesApi();
const given = lack ? describe.skip : describe;
jest.setTimeout(60_000);

given(`an API server that fails in between${lack ? ` (skipped: ${lack})` : ''}`, () => {
  let api: KubernetesApi;
  let proxy: FaultProxy;
  let client: KubeClient;
  let access: TargetAccess;
  let slots = 0;
  const target = new KubernetesRuntimeTarget({ network: ANYWHERE });

  beforeAll(async () => {
    api = await startKubernetesApi();
    proxy = await FaultProxy.open(api.endpoint, api.ca, api.certificateKey);
  });
  afterAll(async () => {
    await target.close();
    client.close();
    await proxy.close();
    await api.stop();
  });
  beforeEach(async () => {
    proxy.decide = () => 'pass';
    proxy.seen.length = 0;
    access = accessOf({ server: proxy.endpoint, ca: api.ca, namespace: `faults-${++slots}` }, { kind: 'bearer_token', token: api.token });
    client?.close();
    client = await clientFor(accessOf({ ...access.connection, server: api.endpoint }, { kind: 'bearer_token', token: api.token }));
    await createNamespace(client);
  });

  const prepare = (slotId: string, releaseId: string) => target.deploySteps(sampleRelease(target, access, slotId, releaseId))[0]!;
  const objects = async (slotId: string): Promise<readonly KubeObject[]> => {
    const kinds = [KINDS.ConfigMap, KINDS.Service, KINDS.Deployment, KINDS.PersistentVolumeClaim];
    return (await Promise.all(kinds.map((kind) => client.list<KubeObject>(kind, slotSelector(slotId))))).flatMap(({ items }) => items);
  };
  const names = async (slotId: string) => (await objects(slotId)).map(({ kind, metadata }) => `${kind ?? ''}${metadata.name}`).sort();

  it.each<[string, Fate, number?]>([
    ['409', { status: 409 }],
    ['429 with a time to wait', { status: 429, headers: { 'retry-after': '1' } }, 2],
    ['500', { status: 500 }],
    ['503', { status: 503 }],
    ['doing it and losing the answer', 'lose-answer'],
  ])('writes a release once and whole when each write first meets %s', async (_what, fate, writes = Infinity) => {
    const met = new Set<string>();
    proxy.decide = ({ method, path }) => {
      const key = `${method} ${path.split('?')[0]}`;
      if (method === 'GET' || met.has(key)) return 'pass';
      met.add(key);
      return met.size > writes ? 'pass' : fate;
    };
    await expect(prepare('slt-fault', 'rel-1').run(contextOf(5))).resolves.toMatchObject({ outcome: 'succeeded' });
    expect(met.size).toBeGreaterThan(4);
    const written = await objects('slt-fault');
    expect(written).toHaveLength(7);
    expect(written.map(fenceOf)).toEqual(written.map(() => 5));
    const before = await names('slt-fault');
    await expect(prepare('slt-fault', 'rel-1').run(contextOf(6))).resolves.toMatchObject({ outcome: 'succeeded' });
    expect(await names('slt-fault')).toEqual(before);
  });

  it('lets its caller try again when the server goes on failing, and goes on where it stopped afterwards', async () => {
    let allowed = 3;
    proxy.decide = ({ method }) => (method === 'GET' || allowed-- > 0 ? 'pass' : { status: 500 });
    await expect(prepare('slt-fault', 'rel-1').run(contextOf(5))).rejects.toMatchObject({ code: 'dependency_unavailable' });
    proxy.decide = () => 'pass';
    await expect(prepare('slt-fault', 'rel-1').run(contextOf(6))).resolves.toMatchObject({ outcome: 'succeeded' });
    expect(await objects('slt-fault')).toHaveLength(7);
  });

  it('writes nothing under a fence older than the newest seen', async () => {
    await prepare('slt-fault', 'rel-1').run(contextOf(7));
    proxy.seen.length = 0;
    const stale = contextOf(6);
    for (const step of target.deploySteps(sampleRelease(target, access, 'slt-fault', 'rel-2')))
      await expect(step.run(stale)).rejects.toMatchObject({ code: 'stale_fence' });
    await expect(target.remove(access, 'slt-fault', 'rel-1', stale)).rejects.toMatchObject({ code: 'stale_fence' });
    await expect(target.settle(sampleRelease(target, access, 'slt-fault', 'rel-1'), stale)).rejects.toMatchObject({ code: 'stale_fence' });
    expect(proxy.writes).toEqual([]);
  });

  /** The first write that matches is held at the server; `reached` resolves when it is there, `goOn` lets it through. */
  const hold = (matches: (request: { method: string; path: string }) => boolean) => {
    let goOn = (): void => undefined;
    const heldUntil = new Promise<void>((resolve) => (goOn = resolve));
    let arrived = (): void => undefined;
    const reached = new Promise<void>((resolve) => (arrived = resolve));
    let caught = false;
    proxy.decide = (request) => {
      if (caught || !matches(request)) return 'pass';
      caught = true;
      arrived();
      return { heldUntil };
    };
    return { reached, goOn: () => goOn() };
  };

  it('refuses the weights of an executor that stood still while a newer claim took over', async () => {
    await installGatewayApi(client);
    const gateway = { name: 'public' };
    access = accessOf({ ...access.connection, gateway }, { kind: 'bearer_token', token: api.token });
    const standing = await clientFor(access);
    const first = sampleRelease(target, access, 'slt-fault', 'rel-1');
    await eventually(() => deployed(client, first, 7));
    const route = () => client.get<KubeObject>(HTTP_ROUTE, 'shop');
    const old = await deployed(standing, sampleRelease(target, access, 'slt-fault', 'rel-2'), 8);
    const held = hold(({ method, path }) => method === 'PATCH' && path.includes(HTTP_ROUTE.plural));
    const release = (await old.reader.release('rel-1'))!;
    const late = old.route(release, [{ releaseId: 'rel-1', percent: 100 }]);
    await held.reached;
    await new FencedSlot(client, 'slt-fault', 9).claim();
    const before = await route();
    held.goOn();
    await expect(late).rejects.toMatchObject({ code: 'stale_fence' });
    expect(await route()).toEqual(before);
    standing.close();
  });

  const created = (resource: ResourcePath) => (request: { method: string; path: string }) =>
    request.method === 'POST' && request.path.includes(`/${resource.plural}`);
  const listed = async (resource: ResourcePath): Promise<readonly KubeObject[]> =>
    (await client.list<KubeObject>(resource, slotSelector('slt-fault'))).items;
  const cut = (signal: AbortSignal) => contextOf(8, { signal });

  it('takes out again, and never gave replicas to, what a restore created after a newer claim took over', async () => {
    await prepare('slt-fault', 'rel-1').run(contextOf(7));
    const held = hold(created(KINDS.Deployment));
    const late = target.restoreSteps(sampleRelease(target, access, 'slt-fault', 'rel-2'))[0]!.run(contextOf(8));
    await held.reached;
    await prepare('slt-fault', 'rel-3').run(contextOf(9));
    held.goOn();
    await expect(late).rejects.toMatchObject({ code: 'stale_fence' });
    // The other process's is taken out at the same time.
    await eventually(async () => (await listed(KINDS.Deployment)).every(({ metadata }) => metadata.labels?.[LABEL.release] !== 'rel-2'));
  });

  it('leaves a late workload without replicas when whoever created it is gone, and the next change removes it', async () => {
    await prepare('slt-fault', 'rel-1').run(contextOf(7));
    const held = hold(created(KINDS.Deployment));
    const stop = new AbortController();
    const late = target.restoreSteps(sampleRelease(target, access, 'slt-fault', 'rel-2'))[0]!.run(cut(stop.signal));
    await held.reached;
    stop.abort();
    await expect(late).resolves.toMatchObject({ outcome: 'aborted' });
    await prepare('slt-fault', 'rel-3').run(contextOf(9));
    held.goOn();
    const ofLate = async () => (await listed(KINDS.Deployment)).filter(({ metadata }) => metadata.labels?.[LABEL.release] === 'rel-2');
    await eventually(async () => (await ofLate()).length === 1);
    expect(await ofLate()).toMatchObject([{ spec: { replicas: 0 } }]);
    await expect(prepare('slt-fault', 'rel-3').run(contextOf(10))).resolves.toMatchObject({ outcome: 'succeeded' });
    expect(await ofLate()).toEqual([]);
  });

  describe('a task', () => {
    const migrating = (releaseId: string) =>
      sampleRelease(target, access, 'slt-fault', releaseId, {
        manifest: { ...SAMPLE, migration: { command: ['migrate'], one_way: false } },
      });
    const migrate = (releaseId: string) => target.deploySteps(migrating(releaseId)).find(({ name }) => name === 'migrate')!;
    const begun = () => eventually(async () => (await listed(KINDS.Job)).some(hasPod));
    const hasPod = ({ spec }: KubeObject): boolean => (spec as { parallelism: number }).parallelism !== 0;
    const ends = async (): Promise<void> => {
      const [job] = await listed(KINDS.Job);
      const path = `${objectPath(KINDS.Job, client.namespace, job!.metadata.name!)}/status`;
      await client.json({ method: 'PATCH', path, contentType: 'application/merge-patch+json', body: { status: { succeeded: 1 } } });
    };

    it('of an overtaken claim gets no pod, wherever that claim stood still', async () => {
      for (const method of ['POST', 'PATCH']) {
        await prepare('slt-fault', 'rel-1').run(contextOf(7));
        const held = hold((request) => request.method === method && request.path.includes(`/${KINDS.Job.plural}`));
        const late = migrate('rel-2').run(contextOf(8));
        await held.reached;
        await new FencedSlot(client, 'slt-fault', 9).claim();
        held.goOn();
        await expect(late).rejects.toMatchObject({ code: 'stale_fence' });
        expect((await listed(KINDS.Job)).filter(hasPod)).toEqual([]);
        access = accessOf({ ...access.connection, namespace: `faults-${++slots}` }, { kind: 'bearer_token', token: api.token });
        client.close();
        client = await clientFor(accessOf({ ...access.connection, server: api.endpoint }, { kind: 'bearer_token', token: api.token }));
        await createNamespace(client);
      }
    });

    it('is found by whoever runs its step again, however much later, and goes when the change is settled', async () => {
      const first = migrate('rel-1').run(contextOf(7, { effectId: 'exe-1-2' }));
      await begun();
      expect(await listed(KINDS.Job)).not.toMatchObject([{ spec: { ttlSecondsAfterFinished: expect.anything() } }]);
      await ends();
      await expect(first).resolves.toMatchObject({ outcome: 'succeeded' });
      await expect(migrate('rel-1').run(contextOf(8, { effectId: 'exe-1-2' }))).resolves.toMatchObject({ outcome: 'succeeded' });
      expect(await listed(KINDS.Job)).toHaveLength(1);
      await deployed(client, migrating('rel-1'), 9);
      await target.settle(migrating('rel-1'), contextOf(9));
      expect(await listed(KINDS.Job)).toEqual([]);
    });

    it('that was created and never begun is made anew, so that its time counts from now', async () => {
      const held = hold((request) => request.method === 'PATCH' && request.path.includes(`/${KINDS.Job.plural}`));
      const stop = new AbortController();
      const first = migrate('rel-1').run(contextOf(7, { effectId: 'exe-1-2', signal: stop.signal }));
      await held.reached;
      stop.abort();
      await expect(first).resolves.toMatchObject({ outcome: 'aborted' });
      const [before] = await listed(KINDS.Job);
      const again = migrate('rel-1').run(contextOf(8, { effectId: 'exe-1-2' }));
      await begun();
      held.goOn();
      expect((await listed(KINDS.Job))[0]!.metadata.uid).not.toBe(before!.metadata.uid);
      await ends();
      await expect(again).resolves.toMatchObject({ outcome: 'succeeded' });
    });
  });

  it('ends a write that waits for its turn again as soon as its step is told to stop', async () => {
    proxy.decide = ({ method }) => (method === 'POST' ? { status: 429, headers: { 'retry-after': '30' } } : 'pass');
    const stop = new AbortController();
    const waiting = prepare('slt-fault', 'rel-1').run(contextOf(5, { signal: stop.signal }));
    await eventually(() => proxy.seen.some(({ method }) => method === 'POST'));
    const beganAt = performance.now();
    stop.abort();
    await expect(waiting).resolves.toMatchObject({ outcome: 'aborted' });
    expect(performance.now() - beganAt).toBeLessThan(5_000);
  });

  it.each(['PATCH', 'POST', 'PUT'])('refuses the %s of an executor that stood still while a newer claim took over', async (method) => {
    await prepare('slt-fault', 'rel-1').run(contextOf(7));
    const held = hold((request) => request.method === method);
    const standing = prepare('slt-fault', 'rel-2').run(contextOf(8));
    await held.reached;
    await prepare('slt-fault', 'rel-3').run(contextOf(9));
    const before = await objects('slt-fault');
    proxy.seen.length = 0;
    held.goOn();
    await expect(standing).rejects.toMatchObject({ code: 'stale_fence' });
    const shape = (all: readonly KubeObject[]) => all.map(({ metadata }) => [metadata.name, metadata.resourceVersion]).sort();
    const after = await objects('slt-fault');
    // What was being created appears, and is taken out again by who created it.
    expect(shape(after)).toEqual(shape(before));
  });
});
