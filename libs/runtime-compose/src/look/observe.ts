import type { ComposeConnection } from '@slipway/contracts';
import { digestOf } from '@slipway/contracts';
import type { Observation, ObservedReplica, Route, StandingReplica } from '@slipway/runtime-target';
import { labelOf, shortId } from '../engine/container';
import { LABELS } from '../slot/slot-names';
import type { ComposeSlotStatus } from '../slot/slot-status';

/** The slot in the port's words. Shares are the proxy's own where it serves; the manifest's digest is computed from what the host holds. */
export function observationOf(
  slotId: string,
  connection: ComposeConnection,
  status: ComposeSlotStatus | null,
  observedAt: string,
): Observation {
  const routes = status ? observedRoutes(status) : [];
  const releaseId = status?.current ?? routes[0]?.releaseId ?? null;
  const release = status?.releases.find((candidate) => candidate.releaseId === releaseId);
  const manifest = release ? { ...release.file.manifest } : null;
  return {
    slotId,
    releaseId: release ? releaseId : null,
    manifest,
    manifestDigest: manifest ? digestOf(manifest) : null,
    artifactDigest: release?.file.artifact_digest ?? null,
    url: status ? urlOf(connection, status) : null,
    fence: status?.fence ?? 0,
    replicas: status?.replicas.map(plain) ?? [],
    routes,
    observedAt,
  };
}

export function urlOf({ host }: ComposeConnection, { port, releases }: ComposeSlotStatus): string | null {
  if (port === null || releases.every(({ serving }) => serving === undefined)) return null;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** What the proxy's weights amount to, in percent; what was asked for where nothing is served. */
function observedRoutes({ proxy, containers, routes, releases }: ComposeSlotStatus): readonly Route[] {
  if (releases.length === 0) return [];
  if (!proxy.servers || releases.every(({ serving }) => serving === undefined)) return routes;
  const weights = new Map<string, number>();
  for (const { container, weight, resting } of proxy.servers) {
    const workload = containers.find((candidate) => shortId(candidate) === container);
    if (!workload || resting || weight === 0) continue;
    const releaseId = labelOf(workload, LABELS.release);
    weights.set(releaseId, (weights.get(releaseId) ?? 0) + weight);
  }
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  return [...weights].map(([releaseId, weight]) => ({ releaseId, percent: Math.round((100 * weight) / total) }));
}

function plain({ crashLooping: _looping, startupFailed: _failed, ...replica }: StandingReplica): ObservedReplica {
  return replica;
}
