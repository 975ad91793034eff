import type { ObservedReplica, TrafficMetrics } from '../observation';
import type { Scale } from '../strategies/slot-control';
import type { ReleaseFigures } from './watch-window';

type Seen = Pick<ObservedReplica, 'releaseId' | 'process' | 'state' | 'ready' | 'restarts'>;
type Status = { readonly replicas: readonly Seen[] } | null;

/** A release's replicas among those of a slot, without those on their way out; none where nothing is seen of the slot. */
export const replicasOf = <R extends Seen>(status: { readonly replicas: readonly R[] } | null, releaseId: string): readonly R[] =>
  status?.replicas.filter((replica) => replica.releaseId === releaseId && replica.state !== 'stopping') ?? [];

/** Which processes have fewer ready replicas than they should, in words. `replicas`: of the release. */
export const missingReplicas = (replicas: readonly Pick<Seen, 'process' | 'ready'>[], scale: Scale): readonly string[] =>
  Object.entries(scale).flatMap(([name, wanted]) => {
    const ready = replicas.filter((replica) => replica.process === name && replica.ready).length;
    return ready < wanted ? [`${ready} of ${wanted} replicas of ${name} are ready`] : [];
  });

/** Of a runtime that measures its slots' traffic. `scale`: replicas wanted of each process. */
export function figuresOf(
  status: Status,
  measured: readonly Pick<TrafficMetrics, 'releaseId' | 'requests' | 'errors'>[],
  releaseId: string,
  scale: Scale,
): ReleaseFigures {
  const replicas = replicasOf(status, releaseId);
  const { requests, errors } = measured.find((candidate) => candidate.releaseId === releaseId) ?? { requests: 0, errors: 0 };
  const restarts = replicas.reduce((sum, replica) => sum + replica.restarts, 0);
  return { restarts, missing: missingReplicas(replicas, scale), traffic: { requests, errors } };
}
