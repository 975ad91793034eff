import { BUCKETS, SlipwayError } from '@slipway/contracts';
import { jetstreamManager } from '@nats-io/jetstream';
import type { ObjectInfo } from '@nats-io/obj';
import type { NatsConnection } from '@nats-io/transport-node';

const REQUEST_TIMEOUT_MS = 5000;
const STREAM = `OBJ_${BUCKETS.blobs}`;

interface Chunk {
  readonly position: number;
  readonly data: Uint8Array;
}

/**
 * An object's chunks, each by one request when the reader asks for it: bounded memory, and a lost connection is an error rather
 * than silence (the client's own reader waits forever and keeps what the reader has not taken).
 */
export async function* chunksOf(connection: NatsConnection, { nuid, chunks }: ObjectInfo): AsyncGenerator<Uint8Array> {
  const subject = `$O.${BUCKETS.blobs}.C.${nuid}`;
  let after = 0;
  for (let number = 1; number <= chunks; number++) {
    const chunk = await nextChunk(connection, subject, after).catch((cause: unknown) => {
      throw new SlipwayError('dependency_unavailable', 'The blob store cannot be reached right now. Try again shortly.', {}, { cause });
    });
    if (!chunk) throw new SlipwayError('internal', `Chunk ${number} of ${chunks} of a blob is missing`, { nuid });
    after = chunk.position;
    yield chunk.data;
  }
}

/** From any replica; one that lags is made up for by the leader. */
async function nextChunk(connection: NatsConnection, subject: string, after: number): Promise<Chunk | undefined> {
  const wanted = { seq: after + 1, next_by_subj: subject };
  const message = await connection.request(`$JS.API.DIRECT.GET.${STREAM}`, JSON.stringify(wanted), { timeout: REQUEST_TIMEOUT_MS });
  const position = Number(message.headers?.get('Nats-Sequence'));
  if (position) return { position, data: message.data };
  const manager = await jetstreamManager(connection, { checkAPI: false, timeout: REQUEST_TIMEOUT_MS });
  const kept = await manager.streams.getMessage(STREAM, wanted);
  return kept ? { position: kept.seq, data: kept.data } : undefined;
}
