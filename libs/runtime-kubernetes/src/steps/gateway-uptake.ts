import { setTimeout as pause } from 'node:timers/promises';
import type { KubeObject } from '../api/kube-object';
import { LiveList } from '../api/live-list';
import { untilSeen } from '../api/until-seen';
import { HTTP_ROUTE, isParent, type GatewayReference } from '../render/gateway';
import type { Release } from '../render/instantiate';
import type { Change } from './change';

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly observedGeneration?: number;
}
type Route = KubeObject & {
  status?: { parents?: readonly { parentRef: { name: string; namespace?: string }; conditions?: readonly Condition[] }[] };
};

/** `refused`: the Gateway has seen the route as it is and does not take it. `silent`: it says nothing of it. */
export type Uptake = { readonly state: 'taken' | 'silent' } | { readonly state: 'refused' | 'late'; readonly why: string };

/** A Gateway that has spoken of the route tells of a change within this time. */
const PATIENCE_MS = 15_000;
/** Time for the first word, and for taking back a refusal: a controller may hear of the route before it hears of its Services. */
const SHORT_PATIENCE_MS = 3_000;
/** From the controller's word until its proxies follow: no status tells when they do. */
const PROXIES_FOLLOW_MS = 1_000;
const TOLD = ['Accepted', 'ResolvedRefs'];

/**
 * Waits, on a watch, until the Gateway's controller says that it follows the slot's HTTPRoute as it stands: `Accepted` and `ResolvedRefs` of this
 * very generation (Gateway API v1, RouteParentStatus); that is all the API offers, and its proxies are given a second more. Where no
 * controller writes any status, nothing can be known.
 */
export async function awaitUptake({ client, context }: Pick<Change, 'client' | 'context'>, { manifest }: Release): Promise<Uptake> {
  const { gateway, service_name: name } = manifest;
  if (!gateway) return { state: 'taken' };
  const seen = await untilSeen(context.signal, async (watching) => {
    const routes = await LiveList.open<Route>(client, HTTP_ROUTE, { name, ...watching() });
    const beganAt = performance.now();
    return () => {
      const uptake = uptakeOf(routes.items[0] ?? null, gateway, client.namespace);
      const patience = uptake.state === 'late' ? PATIENCE_MS : SHORT_PATIENCE_MS;
      return uptake.state === 'taken' || performance.now() - beganAt > patience ? uptake : undefined;
    };
  });
  if (seen.state === 'taken') await pause(PROXIES_FOLLOW_MS, undefined, { signal: context.signal });
  return seen;
}

/** What the route's status says of this Gateway. Of several controllers one that follows is enough: another's word may be left over. */
export function uptakeOf(route: Route | null, gateway: GatewayReference, routeNamespace: string): Uptake {
  const ours = (route?.status?.parents ?? []).filter(({ parentRef }) => isParent(parentRef, gateway, routeNamespace));
  const uptakes = ours.map(({ conditions }) => uptakeBy(conditions ?? [], route?.metadata.generation ?? 0, gateway));
  return (
    uptakes.find(({ state }) => state === 'taken') ?? uptakes.find(({ state }) => state === 'late') ?? uptakes[0] ?? { state: 'silent' }
  );
}

function uptakeBy(conditions: readonly Condition[], generation: number, { name }: GatewayReference): Uptake {
  const told = conditions.filter(({ type, observedGeneration }) => TOLD.includes(type) && (observedGeneration ?? 0) >= generation);
  const against = told.find(({ status }) => status === 'False');
  if (against)
    return {
      state: 'refused',
      why: `Gateway ${name} does not take the HTTPRoute: ${against.reason ?? against.type}: ${against.message ?? ''}`,
    };
  if (told.some(({ type }) => type === 'Accepted')) return { state: 'taken' };
  return { state: 'late', why: `Gateway ${name} has not followed the HTTPRoute's change in ${PATIENCE_MS / 1000} s` };
}
