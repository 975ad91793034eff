import type { ObservedReplica } from '../observation';
import type { Scale } from '../strategies/slot-control';

type Seen = Pick<ObservedReplica, 'releaseId' | 'process' | 'state' | 'ready'>;

/** A release's replicas among those of a slot, without those on their way out; none where nothing is seen of the slot. */
export const replicasOf = <R extends Seen>(status: { readonly replicas: readonly R[] } | null, releaseId: string): readonly R[] =>
  status?.replicas.filter((replica) => replica.releaseId === releaseId && replica.state !== 'stopping') ?? [];

/** Which processes have fewer ready replicas than they should, in words. `replicas`: of the release. */
export const missingReplicas = (replicas: readonly Pick<Seen, 'process' | 'ready'>[], scale: Scale): readonly string[] =>
  Object.entries(scale).flatMap(([name, wanted]) => {
    const ready = replicas.filter((replica) => replica.process === name && replica.ready).length;
    return ready < wanted ? [`${ready} of ${wanted} replicas of ${name} are ready`] : [];
  });
