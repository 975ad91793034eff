import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { SlipwayError } from '@slipway/contracts';
import { createInbox, type Msg, type NatsConnection, type Subscription } from '@nats-io/transport-node';

/** Beside `stream.tar.s2`, as the `nats` program writes and reads it. */
export interface StreamBackup {
  readonly config: { readonly name: string } & Readonly<Record<string, unknown>>;
  readonly state: { readonly messages: number; readonly first_seq: number; readonly last_seq: number } & Readonly<Record<string, unknown>>;
}
interface Answer extends Partial<StreamBackup> {
  readonly error?: { readonly code: number; readonly err_code?: number; readonly description: string };
}

const CHUNK_BYTES = 128 * 1024;
const TIMEOUT_MS = 60_000;
const SILENCE_MS = 30_000;

/**
 * One stream as it is at this moment, into `file`, while it is written to and read.
 * @returns what `restoreStream` needs beside the file. @throws SlipwayError `dependency_unavailable` when the server refuses or falls silent
 */
export async function snapshotStream(connection: NatsConnection, stream: string, file: string): Promise<StreamBackup> {
  const inbox = createInbox(inboxOf(connection));
  const chunks = connection.subscribe(inbox);
  try {
    const request = { deliver_subject: inbox, no_consumers: true, chunk_size: CHUNK_BYTES };
    const answer = await ask(connection, `$JS.API.STREAM.SNAPSHOT.${stream}`, JSON.stringify(request));
    await writeChunks(chunks, file);
    return { config: answer.config!, state: answer.state! };
  } finally {
    chunks.unsubscribe();
  }
}

/** Every chunk is acknowledged once it is handed to the file; an empty message ends them, with a status when something went wrong. */
async function writeChunks(chunks: Subscription, file: string): Promise<void> {
  const output = createWriteStream(file, { mode: 0o600, flush: true });
  const silence = setTimeout(() => chunks.unsubscribe(), SILENCE_MS);
  let ended = false;
  try {
    for await (const message of chunks) {
      silence.refresh();
      if (message.data.length === 0) {
        failOnStatus(message);
        ended = true;
        break;
      }
      if (!output.write(message.data)) await once(output, 'drain');
      message.respond();
    }
  } finally {
    clearTimeout(silence);
    output.end();
    await once(output, 'close');
  }
  if (!ended)
    throw new SlipwayError('dependency_unavailable', `The backup ended early: nothing came for ${SILENCE_MS / 1_000} s; try again.`);
}

function failOnStatus(message: Msg): void {
  const { headers } = message;
  if (headers !== undefined && headers.code >= 400) {
    throw new SlipwayError('dependency_unavailable', `The backup was cut off by the server: ${headers.code} ${headers.description}`);
  }
}

/** Requests of this connection are answered at its own inbox; subscriptions of its own go beside it. */
export const inboxOf = (connection: NatsConnection): string =>
  (connection as unknown as { options: { inboxPrefix?: string } }).options.inboxPrefix ?? '_INBOX';

/** A request of the JetStream API. @throws SlipwayError `dependency_unavailable` with the server's words when it refuses */
export async function ask(connection: NatsConnection, subject: string, body?: string | Uint8Array): Promise<Answer> {
  const reply = await connection.request(subject, body, { timeout: TIMEOUT_MS });
  const answer = reply.data.length === 0 ? {} : reply.json<Answer>();
  if (answer.error) throw new SlipwayError('dependency_unavailable', `${subject}: ${answer.error.description}`, { ...answer.error });
  return answer;
}
