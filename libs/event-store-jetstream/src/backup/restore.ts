import { createReadStream } from 'node:fs';
import { SlipwayError } from '@slipway/contracts';
import type { NatsConnection } from '@nats-io/transport-node';
import { ask, type StreamBackup } from './snapshot';

const CHUNK_BYTES = 128 * 1024;

/**
 * Makes a stream from `snapshotStream`'s file; the stream must not be there. `replicas` overrides the backup's.
 * @throws SlipwayError `dependency_unavailable` when the server refuses, `internal` when less arrived than was saved
 */
export async function restoreStream(connection: NatsConnection, backup: StreamBackup, file: string, replicas?: number): Promise<void> {
  const { name } = backup.config;
  const config = replicas === undefined ? backup.config : { ...backup.config, num_replicas: replicas };
  const started = await ask(connection, `$JS.API.STREAM.RESTORE.${name}`, JSON.stringify({ config, state: backup.state }));
  const { deliver_subject: subject } = started as { deliver_subject?: string };
  if (!subject) throw new SlipwayError('dependency_unavailable', `The server does not say where the backup of ${name} goes`);
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES })) await ask(connection, subject, chunk as Uint8Array);
  const { state } = await ask(connection, subject);
  const { messages, last_seq: last } = backup.state;
  if (state?.messages !== messages || state.last_seq !== last) {
    throw new SlipwayError(
      'internal',
      `${name} has ${state?.messages ?? 'no'} messages up to ${state?.last_seq ?? '-'} after the restore, the backup ${messages} up to ${last}`,
      { stream: name },
    );
  }
}
