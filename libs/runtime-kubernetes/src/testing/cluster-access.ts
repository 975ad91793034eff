import type { TargetCredential } from '@slipway/contracts';
import type { NetworkPolicy, TargetAccess } from '@slipway/runtime-target';
import { openConnection } from '../api/kube-connection';
import { KubeClient } from '../api/kube-client';

export const ANYWHERE: NetworkPolicy = { resolve: (host) => Promise.resolve(host === 'localhost' ? '127.0.0.1' : host) };

let keys = 0;

export const accessOf = (connection: TargetAccess['connection'], credential: TargetCredential): TargetAccess => ({
  key: `test-${++keys}`,
  connection,
  credential: () => Promise.resolve(credential),
});

/** The same client that the runtime uses, for what a test does behind its back. */
export const clientFor = async (access: TargetAccess): Promise<KubeClient> => new KubeClient(await openConnection(access, ANYWHERE));

export async function createNamespace(client: KubeClient): Promise<void> {
  await client.json({
    method: 'POST',
    path: '/api/v1/namespaces',
    body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: client.namespace } },
  });
}

/** Begins its deletion; nobody waits for the end of it. */
export async function deleteNamespace(client: KubeClient): Promise<void> {
  await client.json({ method: 'DELETE', path: `/api/v1/namespaces/${client.namespace}` });
}
