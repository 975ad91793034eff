import { digestOf } from '@slipway/contracts';
import type { Observation, ObservedReplica, TrafficMetrics } from '@slipway/runtime-target';
import type { ReleaseTraffic, ReplicaStatus, SlotStatus } from './protocol';

/** The host's status of a slot in the port's words. The manifest's digest is computed from what the host holds, not taken from it. */
export function observationOf(slotId: string, status: SlotStatus | null, observedAt: string): Observation {
  const releaseId = status ? (status.current ?? status.routes[0]?.releaseId ?? null) : null;
  const release = status?.releases.find((candidate) => candidate.releaseId === releaseId) ?? null;
  return {
    slotId,
    releaseId: release ? releaseId : null,
    manifest: release ? { ...release.manifest } : null,
    manifestDigest: release ? digestOf(release.manifest) : null,
    artifactDigest: release?.artifactDigest ?? null,
    url: status ? urlOf(status) : null,
    fence: status?.fence ?? 0,
    replicas: status?.replicas.map(replicaOf) ?? [],
    routes: status?.routes ?? [],
    observedAt,
  };
}

export const urlOf = ({ port }: SlotStatus): string | null => (port === null ? null : `http://127.0.0.1:${port}`);

export function replicaOf({ crashLooping, inFlight: _inFlight, ...replica }: ReplicaStatus): ObservedReplica {
  return {
    ...replica,
    instanceId: replica.pid === null ? `${replica.name}: not running` : `${replica.pid} since ${replica.startedAt}`,
    image: null,
    node: null,
    reason: crashLooping ? 'CrashLoop' : null,
  };
}

export const metricsOf = ({ releaseId, requests, errors, p50Ms, p95Ms, p99Ms }: ReleaseTraffic): TrafficMetrics => ({
  releaseId,
  requests,
  errors,
  errorRate: requests === 0 ? 0 : errors / requests,
  p50Ms: p50Ms ?? undefined,
  p95Ms: p95Ms ?? undefined,
  p99Ms: p99Ms ?? undefined,
});
