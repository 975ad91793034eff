import type { KubernetesConnection } from '@slipway/contracts';
import { servingProcess } from '@slipway/runtime-target';
import type { KubeObject } from '../api/kube-object';
import { LABEL } from '../slot/names';
import { labelsOf, SERVICE_PORT } from './conventions';
import { workloadName, type Release } from './instantiate';

/** Where an HTTPRoute attaches (Gateway API v1). With one, shares of the traffic are weights, not numbers of replicas. */
export type GatewayReference = NonNullable<KubernetesConnection['gateway']>;

export const HTTP_ROUTE = { apiVersion: 'gateway.networking.k8s.io/v1', plural: 'httproutes' } as const;
export const GATEWAY = { apiVersion: HTTP_ROUTE.apiVersion, plural: 'gateways' } as const;

/** Whether a route's parent is this Gateway; a reference without a namespace means the route's own. */
export const isParent = (
  parent: { readonly name?: string; readonly namespace?: string },
  { name, namespace }: GatewayReference,
  routeNamespace: string,
): boolean => parent.name === name && (parent.namespace ?? routeNamespace) === (namespace ?? routeNamespace);

/** The target's Gateway as this service attaches to it. */
export const gatewayFor = (gateway: GatewayReference | undefined, serviceName: string): GatewayReference | undefined =>
  gateway?.hostname === undefined ? gateway : { ...gateway, hostname: gateway.hostname.replaceAll('{service}', serviceName) };

export const routeServiceName = (release: Pick<Release, 'releaseId' | 'manifest'>): string => workloadName(release, 'http');

/** The Service that leads to one release alone, for the route to weigh. */
export function routeServiceOf(release: Release): KubeObject {
  const { manifest, releaseId } = release;
  const process = servingProcess(manifest)!;
  const main = manifest.resources.find(({ kind, metadata }) => kind === 'Service' && metadata.name === manifest.service_name)!;
  return {
    ...main,
    metadata: { name: routeServiceName(release), labels: { ...labelsOf(manifest, process), [LABEL.release]: releaseId } },
    spec: {
      ...(main['spec'] as object),
      selector: { [LABEL.slot]: manifest.slot_id, [LABEL.process]: process, [LABEL.release]: releaseId },
    },
  };
}

/** The slot's route through the Gateway, each release weighed by its percentage. */
export function httpRouteOf(
  { manifest }: Release,
  routes: readonly { readonly releaseId: string; readonly percent: number }[],
): KubeObject {
  const { name, namespace, hostname } = manifest.gateway!;
  return {
    apiVersion: HTTP_ROUTE.apiVersion,
    kind: 'HTTPRoute',
    metadata: { name: manifest.service_name, labels: labelsOf(manifest) },
    spec: {
      parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name, ...(namespace !== undefined && { namespace }) }],
      ...(hostname !== undefined && { hostnames: [hostname] }),
      rules: [
        {
          backendRefs: routes.map(({ releaseId, percent }) => ({
            group: '',
            kind: 'Service',
            name: routeServiceName({ releaseId, manifest }),
            port: SERVICE_PORT,
            weight: percent,
          })),
        },
      ],
    },
  };
}
