import { until } from '@slipway/runtime-target';
import type { KubeClient } from '../api/kube-client';
import { hasStatus } from '../api/kube-errors';
import { HTTP_ROUTE } from '../render/gateway';

/** The Gateway API's HTTPRoute as a type that the server stores, served when this resolves; nothing routes by it (`TestGateway` does). */
export async function installHttpRoutes(client: KubeClient): Promise<void> {
  const [group, version] = HTTP_ROUTE.apiVersion.split('/');
  const body = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${HTTP_ROUTE.plural}.${group}`,
      annotations: { 'api-approved.kubernetes.io': 'unapproved, a test stores objects of this type' },
    },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind: 'HTTPRoute', plural: HTTP_ROUTE.plural, singular: 'httproute' },
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
  await until('the cluster serves HTTPRoutes', () =>
    client.list(HTTP_ROUTE, '').then(
      () => true,
      () => false,
    ),
  );
}
