import { eventually, lackOfKubernetesApi, startKubernetesApi, type KubernetesApi } from '@slipway/testing';
import type { TargetAccess } from '@slipway/runtime-target';
import { ClientPool } from './api/client-pool';
import type { KubeClient } from './api/kube-client';
import { KINDS } from './api/kinds';
import { collectionPath, type KubeObject } from './api/kube-object';
import { followLogs, MAX_FOLLOWED } from './look/follow-logs';
import { SlotWatch } from './look/slot-watch';
import { LABEL } from './slot/names';
import { accessOf, ANYWHERE, clientFor, createNamespace } from './testing/cluster-access';
import { FaultProxy } from './testing/fault-proxy';

const lack = lackOfKubernetesApi();
const given = lack ? describe.skip : describe;
jest.setTimeout(60_000);

given(`connections to an API server${lack ? ` (skipped: ${lack})` : ''}`, () => {
  let api: KubernetesApi;
  let proxy: FaultProxy;
  let client: KubeClient;
  let access: TargetAccess;
  let namespaces = 0;

  beforeAll(async () => {
    api = await startKubernetesApi();
    proxy = await FaultProxy.open(api.endpoint, api.ca, api.certificateKey);
  });
  afterAll(async () => {
    await proxy.close();
    await api.stop();
  });
  beforeEach(async () => {
    proxy.decide = () => 'pass';
    proxy.seen.length = 0;
    access = accessOf(
      { server: proxy.endpoint, ca: api.ca, namespace: `connections-${++namespaces}` },
      { kind: 'bearer_token', token: api.token },
    );
    client = await clientFor(access);
    await createNamespace(client);
    const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } };
    await client.json({ method: 'POST', path: collectionPath(KINDS.ConfigMap, client.namespace), body: settings });
  });
  afterEach(() => client.close());

  const watch = (from: KubeClient) =>
    from.stream({
      method: 'GET',
      path: collectionPath(KINDS.ConfigMap, client.namespace),
      query: { watch: true, resourceVersion: '0', timeoutSeconds: 120 },
      timeoutMs: 120_000,
    });
  const openStreams = ({ connection }: KubeClient): number => Object.values(connection.streams.sockets).flat().length;

  it('answers calls, however many streams are open', async () => {
    const streams = await Promise.race([
      Promise.all(Array.from({ length: 40 }, () => watch(client))),
      new Promise<never>((_resolve, reject) => setTimeout(() => reject(new Error('streams wait for one another')), 20_000).unref()),
    ]);
    await expect(client.list(KINDS.Pod, '')).resolves.toMatchObject({ items: [] });
    for (const stream of streams) stream.destroy();
  });

  it('leaves no watch behind when one of those that are opened together fails', async () => {
    let refused = 0;
    proxy.decide = ({ path }) => (path.includes('/configmaps') && refused++ === 0 ? { status: 422 } : 'pass');
    const errors: unknown[] = [];
    const slots = new SlotWatch({
      clientOf: () => Promise.resolve(client),
      onChange: () => undefined,
      onError: (error) => errors.push(error),
    });
    slots.start();
    await eventually(() => errors.length === 1);
    await eventually(() => openStreams(client) === 0);
    await eventually(() => openStreams(client) === 3, { timeoutMs: 30_000 });
    slots.stop();
    await eventually(() => openStreams(client) === 0);
  });

  it('closes a client that rests, never one that is in use, and keeps as many as there are targets', async () => {
    const pool = new ClientPool(ANYWHERE, 300);
    const others = Array.from({ length: 120 }, () => accessOf(access.connection, { kind: 'bearer_token', token: api.token }));
    const busy = await pool.of(access);
    const stream = await watch(busy);
    let ended = false;
    stream.once('close', () => (ended = true));
    const resting = await pool.of(others[0]!);
    for (const other of others) await pool.of(other);
    expect(await pool.of(others[0]!)).toBe(resting);
    await eventually(async () => (await pool.of(others[0]!)) !== resting);
    expect(await pool.of(access)).toBe(busy);
    expect(ended).toBe(false);
    stream.destroy();
    await eventually(async () => (await pool.of(access)) !== busy);
    pool.close();
  });

  it(`follows ${MAX_FOLLOWED} replicas at a time, and says so`, async () => {
    const pod = (number: number): KubeObject => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `web-${number}`, labels: { [LABEL.slot]: 'slt-logs', [LABEL.process]: 'web', [LABEL.release]: 'rel-1' } },
      spec: { automountServiceAccountToken: false, containers: [{ name: 'web', image: 'x' }] },
    });
    await client.json({
      method: 'POST',
      path: collectionPath({ apiVersion: 'v1', plural: 'serviceaccounts' }, client.namespace),
      body: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' } },
    });
    const path = collectionPath(KINDS.Pod, client.namespace);
    await Promise.all(Array.from({ length: MAX_FOLLOWED + 2 }, (_, number) => client.json({ method: 'POST', path, body: pod(number) })));
    const stop = new AbortController();
    const lines = followLogs(client, 'slt-logs', { follow: true }, stop.signal);
    const { value: line } = (await lines.next()) as { value: { line: string } };
    expect(line).toMatchObject({ process: 'web', line: expect.stringContaining(`not followed: ${MAX_FOLLOWED} replicas`) });
    const asked = () => new Set(proxy.seen.flatMap(({ path: seen }) => /pods\/(\S+)\/log/.exec(seen)?.[1] ?? []));
    await eventually(() => asked().size === MAX_FOLLOWED);
    stop.abort();
    await lines.next().catch(() => undefined);
  });
});
