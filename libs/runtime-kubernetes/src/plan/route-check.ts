import type { Check } from '@slipway/contracts';
import type { KubeClient } from '../api/kube-client';
import { noneWhereNotServed } from '../api/kube-errors';
import type { KubeObject } from '../api/kube-object';
import { HTTP_ROUTE, isParent, type GatewayReference } from '../render/gateway';
import type { KubernetesManifest } from '../render/manifest';

type Route = KubeObject & {
  readonly spec?: {
    readonly parentRefs?: readonly { readonly name?: string; readonly namespace?: string }[];
    readonly hostnames?: readonly string[];
  };
};

/** Of two routes for one host of a Gateway only the older gets the traffic (Gateway API, "Matching"): another one is found before anything is written. */
export async function routeChecks(client: KubeClient, { gateway, service_name }: KubernetesManifest): Promise<readonly Check[]> {
  if (!gateway) return [];
  const name = 'route-is-free';
  const host = gateway.hostname === undefined ? 'every host' : `host ${gateway.hostname}`;
  const { items } = await client.list<Route>(HTTP_ROUTE, '').catch(noneWhereNotServed);
  const other = items.find((route) => route.metadata.name !== service_name && claims(route, gateway, client.namespace));
  if (!other)
    return [{ name, result: 'pass', message: `No other HTTPRoute of the namespace answers for ${host} of Gateway ${gateway.name}.` }];
  return [{ name, result: 'fail', message: `HTTPRoute ${other.metadata.name} answers for ${host} of Gateway ${gateway.name} already. Give the target's gateway a hostname with the service in it, such as {service}.example.com.` }]; // prettier-ignore
}

function claims({ spec }: Route, gateway: GatewayReference, namespace: string): boolean {
  const attached = (spec?.parentRefs ?? []).some((parent) => isParent(parent, gateway, namespace));
  const hostnames = spec?.hostnames ?? [];
  return attached && (gateway.hostname === undefined ? hostnames.length === 0 : hostnames.includes(gateway.hostname));
}
