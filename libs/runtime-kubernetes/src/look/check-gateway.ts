import type { Check } from '@slipway/contracts';
import type { KubeClient } from '../api/kube-client';
import { hasStatus } from '../api/kube-errors';
import { objectPath, type KubeObject } from '../api/kube-object';
import { GATEWAY, HTTP_ROUTE, type GatewayReference } from '../render/gateway';

type Gateway = KubeObject & {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[] };
};

/** The cluster has the Gateway API, and in it the Gateway that the target names. */
export async function gatewayChecks(client: KubeClient, gateway: GatewayReference): Promise<readonly Check[]> {
  const served = await servedCheck(client);
  return served.result === 'fail' ? [served] : [served, await existsCheck(client, gateway)];
}

async function servedCheck(client: KubeClient): Promise<Check> {
  const name = 'gateway-api';
  try {
    await client.json({ method: 'GET', path: `/apis/${HTTP_ROUTE.apiVersion}` });
    return { name, result: 'pass', message: `The cluster serves ${HTTP_ROUTE.apiVersion}.` };
  } catch (error) {
    if (!hasStatus(error, 404)) throw error;
    return { name, result: 'fail', message: `The cluster does not serve ${HTTP_ROUTE.apiVersion}: install the Gateway API, or leave 'gateway' out for plain Services.` }; // prettier-ignore
  }
}

async function existsCheck(client: KubeClient, gateway: GatewayReference): Promise<Check> {
  const name = 'gateway';
  const namespace = gateway.namespace ?? client.namespace;
  const what = `Gateway ${gateway.name} in namespace ${namespace}`;
  try {
    const found = await client.json<Gateway>({ method: 'GET', path: objectPath(GATEWAY, namespace, gateway.name) });
    const lacking = found.status?.conditions?.find(({ type, status }) => ['Accepted', 'Programmed'].includes(type) && status === 'False');
    if (lacking) return { name, result: 'warn', message: `${what} is not ${lacking.type.toLowerCase()}: ${lacking.message ?? ''}`.slice(0, 1000) }; // prettier-ignore
    return { name, result: 'pass', message: `${what} exists.` };
  } catch (error) {
    if (hasStatus(error, 404))
      return { name, result: 'fail', message: `There is no ${what}: kubectl get gateways -A shows those that there are.` };
    // It is somebody else's, often in a namespace where this account has no rights.
    if (hasStatus(error, 403)) return { name, result: 'warn', message: `Whether there is a ${what} cannot be seen by this account.` };
    throw error;
  }
}
