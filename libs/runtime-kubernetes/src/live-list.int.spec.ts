import { eventually, lackOfKubernetesApi, startKubernetesApi, type KubernetesApi } from '@slipway/testing';
import type { KubeClient } from './api/kube-client';
import { KINDS } from './api/kinds';
import { collectionPath, objectPath, type KubeObject } from './api/kube-object';
import { LiveList } from './api/live-list';
import { accessOf, clientFor, createNamespace } from './testing/cluster-access';
import { FaultProxy } from './testing/fault-proxy';

type ConfigMap = KubeObject & { data?: Record<string, string> };
const lack = lackOfKubernetesApi();
const given = lack ? describe.skip : describe;
jest.setTimeout(60_000);

given(`one object of a cluster${lack ? ` (skipped: ${lack})` : ''}`, () => {
  let api: KubernetesApi;
  let proxy: FaultProxy;
  let client: KubeClient;

  beforeAll(async () => {
    api = await startKubernetesApi();
    proxy = await FaultProxy.open(api.endpoint, api.ca, api.certificateKey);
    const connection = { server: proxy.endpoint, ca: api.ca, namespace: 'followed' };
    client = await clientFor(accessOf(connection, { kind: 'bearer_token', token: api.token }));
    await createNamespace(client);
  });
  afterAll(async () => {
    client.close();
    await proxy.close();
    await api.stop();
  });

  const write = (name: string, said: string) =>
    client.json({
      method: 'POST',
      path: collectionPath(KINDS.ConfigMap, client.namespace),
      body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { said } },
    });
  const change = (name: string, said: string) =>
    client.json({
      method: 'PATCH',
      path: objectPath(KINDS.ConfigMap, client.namespace, name),
      contentType: 'application/merge-patch+json',
      body: { data: { said } },
    });

  it.each([
    ['followed', 'on a watch', false],
    ['looked-at', 'by looks where the account may neither list nor watch', true],
  ])('%s: is seen to come, change and go, %s', async (name, _how, forbidden) => {
    proxy.decide = ({ path }) => (forbidden && path.includes('fieldSelector') ? { status: 403 } : 'pass');
    const over = new AbortController();
    const live = await LiveList.open<ConfigMap>(client, KINDS.ConfigMap, { name, signal: over.signal });
    const said = (): (string | undefined)[] => live.items.map(({ data }) => data?.['said']);
    try {
      expect(said()).toEqual([]);
      await write(`another-than-${name}`, 'nothing');
      await write(name, 'here');
      await eventually(() => said().join() === 'here');
      await change(name, 'still here');
      await eventually(() => said().join() === 'still here');
      await client.remove(KINDS.ConfigMap, name, {});
      await eventually(() => live.items.length === 0);
    } finally {
      over.abort();
    }
  });
});
