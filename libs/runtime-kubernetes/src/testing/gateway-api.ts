import { until } from '@slipway/runtime-target';
import type { KubeClient } from '../api/kube-client';
import { hasStatus } from '../api/kube-errors';
import { collectionPath, type ResourcePath } from '../api/kube-object';
import { GATEWAY, HTTP_ROUTE } from '../render/gateway';

/** The Gateway API's types as far as they are used here, served when this resolves; nothing routes by them (`TestGateway` does). */
export async function installGatewayApi(client: KubeClient): Promise<void> {
  await Promise.all([installType(client, HTTP_ROUTE, 'HTTPRoute'), installType(client, GATEWAY, 'Gateway')]);
}

/** A Gateway that nobody runs, in a namespace of its own. */
export async function createGateway(client: KubeClient, namespace: string, name: string): Promise<void> {
  const place = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } };
  await client.json({ method: 'POST', path: '/api/v1/namespaces', body: place });
  const body = { apiVersion: GATEWAY.apiVersion, kind: 'Gateway', metadata: { name }, spec: { gatewayClassName: 'none', listeners: [] } };
  await client.json({ method: 'POST', path: collectionPath(GATEWAY, namespace), body });
}

async function installType(client: KubeClient, resource: ResourcePath, kind: string): Promise<void> {
  const [group, version] = resource.apiVersion.split('/');
  const body = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${resource.plural}.${group}`,
      annotations: { 'api-approved.kubernetes.io': 'unapproved, a test stores objects of this type' },
    },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind, plural: resource.plural, singular: kind.toLowerCase() },
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          subresources: { status: {} },
          schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
        },
      ],
    },
  };
  await client.json({ method: 'POST', path: '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', body }).catch((error: unknown) => {
    if (!hasStatus(error, 409)) throw error;
  });
  await until(`the cluster serves ${resource.plural}`, () =>
    client.list(resource, '').then(
      () => true,
      () => false,
    ),
  );
}
