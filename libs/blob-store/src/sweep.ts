import { BUCKETS } from '@slipway/contracts';
import type { JetStreamManager, StoredMsg, StreamAPI } from '@nats-io/jetstream';
import type { ObjectInfo } from '@nats-io/obj';

const STREAM = `OBJ_${BUCKETS.blobs}`;
const CHUNKS = `$O.${BUCKETS.blobs}.C.`;
const NAMES = `$O.${BUCKETS.blobs}.M.`;
/** Names that exist for the time of one request. */
const TEMPORARY = /^(incoming|upload)-/;

/** What a sweep took away. */
export interface Swept {
  /** Temporary objects, and what was left of removed ones. */
  readonly names: number;
  /** Contents that nothing named. */
  readonly contents: number;
}

/**
 * Removes what a process that was killed left behind: temporary names, and chunks that no name holds, both when they have been there
 * untouched for this long. Reads at the stream's leader only, for what a lagging replica lacks would look as if nothing named it.
 */
export async function sweep({ streams }: JetStreamManager, olderThanMs: number): Promise<Swept> {
  const before = Date.now() - olderThanMs;
  const isOld = ({ time }: StoredMsg): boolean => time.getTime() <= before;
  // Contents first: whatever is named after this look is not among them.
  const { state } = await streams.info(STREAM, { subjects_filter: `${CHUNKS}*` });
  // By name: one that was given to two contents at the same moment is the later's.
  const contentOf = new Map<string, string>();
  const outlived: string[] = [];
  for await (const message of messagesOf(streams, `${NAMES}*`)) {
    const { name, nuid, deleted } = message.json<ObjectInfo>();
    if (TEMPORARY.test(name) && isOld(message)) outlived.push(message.subject);
    else if (deleted) contentOf.delete(name);
    else contentOf.set(name, nuid);
  }
  const held = new Set(contentOf.values());
  for (const filter of outlived) await streams.purge(STREAM, { filter });
  let contents = 0;
  for (const filter of Object.keys(state.subjects ?? {})) {
    if (held.has(filter.slice(CHUNKS.length))) continue;
    const last = await streams.getMessage(STREAM, { last_by_subj: filter });
    if (!last || !isOld(last)) continue;
    await streams.purge(STREAM, { filter });
    contents++;
  }
  return { names: outlived.length, contents };
}

/** One after the other, from the leader. */
async function* messagesOf(streams: StreamAPI, subject: string): AsyncGenerator<StoredMsg> {
  let wanted = { seq: 1, next_by_subj: subject };
  for (let message; (message = await streams.getMessage(STREAM, wanted)); wanted = { ...wanted, seq: message.seq + 1 }) yield message;
}
