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
  const fault = await move(change, release, routes, true);
  if (fault) return { fault, record: null };
  const record = current === undefined ? await change.reader.record() : await change.writer.own(current);
  return { fault: null, record };
}

/** Moves all traffic back to a release that stands. Nothing keeps it from going on: there is no other way to go back to. */
export async function returnTraffic(change: Slot, release: Release, current?: string): Promise<SlotRecord> {
  const fault = await move(change, release, allTo(release.releaseId), false);
  if (fault) change.context.log(`going on all the same: ${fault.why}`);
  return current === undefined ? change.reader.record() : change.writer.own(current);
}

export const allTo = (releaseId: string): Routes => [{ releaseId, percent: 100 }];

/**
 * Behind a Gateway each release has a Service of its own, which must lead to its replicas before the route leads there; the Gateway
 * must have taken the route up before anything goes. The slot's Service, for callers inside the cluster, leads there by and by.
 */
async function move(change: Slot, release: Release, routes: Routes, onlyWhenReached: boolean): Promise<Fault> {
  const { writer } = change;
  const releaseIds = routes.map(({ releaseId }) => releaseId);
  const { gateway, service_name } = release.manifest;
  if (gateway) {
    await declareRouteServices(change, release, releaseIds);
    const unreached = await eachReached(change, release, releaseIds);
    if (unreached !== null && onlyWhenReached) return { outcome: 'failed', why: unreached };
  }
  await writer.route(release, routes);
  const selected = gateway ? [mostOf(routes)!] : releaseIds;
  const [uptake, unreached] = await Promise.all([awaitUptake(change, release), awaitEndpoints(change, release, [service_name], selected)]);
  if (uptake.state === 'silent')
    change.context.log(`no controller reports on HTTPRoute ${service_name}: whether it is followed is not known`);
  if (uptake.state === 'refused') return { outcome: 'failed', why: uptake.why };
  if (uptake.state === 'late') return { outcome: 'errored', why: uptake.why };
  return unreached === null ? null : { outcome: 'failed', why: unreached };
}

/** A release that came before the target named a Gateway has none yet. */
async function declareRouteServices({ reader, writer }: Slot, release: Release, releaseIds: readonly string[]): Promise<void> {
  const record = await reader.record();
  for (const releaseId of releaseIds.filter((id) => id !== release.releaseId)) {
    const other = await reader.release(releaseId, record);
    if (other && !other.manifest.gateway) await writer.declareRouteService(other);
  }
}

async function eachReached(change: Slot, release: Release, releaseIds: readonly string[]): Promise<string | null> {
  const { manifest } = release;
  const reached = await Promise.all(
    releaseIds.map((releaseId) => awaitEndpoints(change, release, [routeServiceName({ releaseId, manifest })], [releaseId])),
  );
  return reached.find((lacking) => lacking !== null) ?? null;
}
