import { BUCKETS, SlipwayError } from '@slipway/contracts';
import type { ObjectInfo } from '@nats-io/obj';
import type { NatsConnection } from '@nats-io/transport-node';

const REQUEST_TIMEOUT_MS = 5000;

/**
 * An object's chunks, each by one request when the reader asks for it: bounded memory, and a lost connection is an error rather
 * than silence (the client's own reader waits forever and keeps what the reader has not taken).
 */
export async function* chunksOf(connection: NatsConnection, { nuid, chunks }: ObjectInfo): AsyncGenerator<Uint8Array> {
  const subject = `$O.${BUCKETS.blobs}.C.${nuid}`;
  let after = 0;
  for (let chunk = 0; chunk < chunks; chunk++) {
    const message = await connection
      .request(`$JS.API.DIRECT.GET.OBJ_${BUCKETS.blobs}`, JSON.stringify({ seq: after + 1, next_by_subj: subject }), {
        timeout: REQUEST_TIMEOUT_MS,
      })
      .catch((cause: unknown) => {
        throw new SlipwayError('dependency_unavailable', 'The blob store cannot be reached right now. Try again shortly.', {}, { cause });
      });
    const position = Number(message.headers?.get('Nats-Sequence'));
    if (!position) throw new SlipwayError('internal', `Chunk ${chunk + 1} of ${chunks} of a blob is missing`, { nuid });
    after = position;
    yield message.data;
  }
}
