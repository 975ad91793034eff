import type { Outcome } from '@slipway/contracts';
import { routeServiceName } from '../render/gateway';
import type { Release } from '../render/instantiate';
import type { SlotRecord } from '../slot/slot-record';
import { mostOf } from '../slot/slot-writer';
import type { Change } from './change';
import { awaitUptake } from './gateway-uptake';
import { awaitEndpoints } from './reachable';

type Slot = Pick<Change, 'client' | 'reader' | 'writer' | 'context'>;
type Routes = SlotRecord['routes'];
/** Why the traffic is not where it should be, or null; what is bad differs from what could not be told. */
type Fault = { readonly outcome: Exclude<Outcome, 'succeeded'>; readonly why: string } | null;

export type Moved = { readonly fault: null; readonly record: SlotRecord } | { readonly fault: NonNullable<Fault>; readonly record: null };

/**
 * Moves the traffic on to a change's release. When it has arrived, what served before may go, and `current` owns the slot; when it
 * has not, the caller gives it back.
 */
export async function moveTraffic(change: Slot, release: Release, routes: Routes, current?: string): Promise<Moved> {
  const unreached = await leadRoutes(change, release, routes);
  if (unreached !== null) return { fault: { outcome: 'failed', why: unreached }, record: null };
  const record = await change.writer.route(release, routes);
  const fault = await arrival(change, release, routes);
  if (fault) return { fault, record: null };
  return { fault, record: current === undefined ? record : await change.writer.own(current) };
}

/** Moves all traffic back to a release that stands. Nothing keeps it from going on: there is no other way to go back to. */
export async function returnTraffic(change: Slot, release: Release, current?: string): Promise<SlotRecord> {
  const routes = allTo(release.releaseId);
  const unreached = await leadRoutes(change, release, routes);
  const record = await change.writer.route(release, routes);
  const why = unreached ?? (await arrival(change, release, routes))?.why;
  if (why !== undefined) change.context.log(`going on all the same: ${why}`);
  return current === undefined ? record : change.writer.own(current);
}

export const allTo = (releaseId: string): Routes => [{ releaseId, percent: 100 }];

/** Behind a Gateway each release has a Service of its own, which must lead to its replicas before the route leads there; else what is not so. */
async function leadRoutes(change: Slot, release: Release, routes: Routes): Promise<string | null> {
  if (!release.manifest.gateway) return null;
  const releaseIds = routes.map(({ releaseId }) => releaseId);
  await declareRouteServices(change, release, releaseIds);
  return eachReached(change, release, releaseIds);
}

/** The slot's Service leads there by and by, and the Gateway must have taken the route up, before anything that served may go. */
async function arrival(change: Slot, release: Release, routes: Routes): Promise<Fault> {
  const { gateway, service_name } = release.manifest;
  const selected = gateway ? [mostOf(routes)!] : routes.map(({ releaseId }) => releaseId);
  const [uptake, unreached] = await Promise.all([awaitUptake(change, release), awaitEndpoints(change, release, [service_name], selected)]);
  if (uptake.state === 'silent')
    change.context.log(`no controller reports on HTTPRoute ${service_name}: whether it is followed is not known`);
  if (uptake.state === 'refused') return { outcome: 'failed', why: uptake.why };
  if (uptake.state === 'late') return { outcome: 'errored', why: uptake.why };
  return unreached === null ? null : { outcome: 'failed', why: unreached };
}

/** A release that came before the target named a Gateway has none yet. */
async function declareRouteServices({ reader, writer }: Slot, { releaseId: own }: Release, releaseIds: readonly string[]): Promise<void> {
  if (releaseIds.every((releaseId) => releaseId === own)) return;
  const record = await reader.record();
  const others = await Promise.all(releaseIds.filter((id) => id !== own).map((id) => reader.release(id, record)));
  for (const other of others) if (other && !other.manifest.gateway) await writer.declareRouteService(other);
}

async function eachReached(change: Slot, release: Release, releaseIds: readonly string[]): Promise<string | null> {
  const { manifest } = release;
  const reached = await Promise.all(
    releaseIds.map((releaseId) => awaitEndpoints(change, release, [routeServiceName({ releaseId, manifest })], [releaseId])),
  );
  return reached.find((lacking) => lacking !== null) ?? null;
}
