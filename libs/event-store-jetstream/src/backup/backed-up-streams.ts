import { BUCKETS, STREAMS } from '@slipway/contracts';

/**
 * What a backup holds, in the order in which it is taken: the log first, so that every blob and secret that an event in it names is
 * in what follows. Locks and health are of the moment: the streams step makes them anew.
 */
export const BACKED_UP = [
  STREAMS.events,
  `OBJ_${BUCKETS.blobs}`,
  `KV_${BUCKETS.secrets}`,
  `KV_${BUCKETS.endpoints}`,
  STREAMS.logs,
] as const;
