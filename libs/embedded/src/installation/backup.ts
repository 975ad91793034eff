import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { BACKED_UP, restoreStream, snapshotStream, verifyLog, type StreamBackup } from '@slipway/event-store-jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { readJson, writeJson } from '../data-directory/files';
import { asBootstrap } from './log-connection';

const ARCHIVE = 'stream.tar.s2';
const DESCRIPTION = 'backup.json';

const say = (stream: string, { state }: StreamBackup): void => {
  process.stdout.write(`${stream}: ${state.messages} messages up to ${state.last_seq}\n`);
};

/** A folder per stream, each as `nats stream backup` writes it. @throws Error when there is a backup in `directory` already */
export async function backUp(directory: string): Promise<void> {
  const taken = BACKED_UP.find((stream) => existsSync(join(directory, stream)));
  if (taken !== undefined) throw new Error(`${join(directory, taken)} is there already; give a new directory for every backup`);
  await asBootstrap(async (connection) => {
    for (const stream of BACKED_UP) {
      const folder = join(directory, stream);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const backup = await snapshotStream(connection, stream, join(folder, ARCHIVE));
      writeJson(join(folder, DESCRIPTION), backup);
      say(stream, backup);
    }
  });
}

/** Fills a new NATS from `directory`; SLIPWAY_STREAM_REPLICAS sets another number of replicas. @throws Error when it is not empty */
export async function restore(directory: string): Promise<void> {
  const backups = BACKED_UP.map((stream) => [stream, described(directory, stream)] as const);
  const replicas = process.env['SLIPWAY_STREAM_REPLICAS'];
  await asBootstrap(async (connection) => {
    await requireEmpty(connection);
    for (const [stream, backup] of backups) {
      await restoreStream(connection, backup, join(directory, stream, ARCHIVE), replicas ? Number(replicas) : undefined);
      say(stream, backup);
    }
  });
}

/** Checks every link of the log's chain (`slipway log verify`), without the services. @throws Error naming what is broken */
export async function verify(): Promise<void> {
  const report = await asBootstrap((connection) => verifyLog(connection));
  const size = `${report.events} events of ${report.aggregates} aggregates, up to position ${report.lastPosition}`;
  if (report.findingsTotal === 0) return void process.stdout.write(`The log is sound: ${size}.\n`);
  const findings = report.findings.map(({ position, kind, message }) => `  ${position} ${kind}: ${message}`).join('\n');
  throw new Error(`The log is not sound: ${report.findingsTotal} findings (${size})\n${findings}`);
}

function described(directory: string, stream: string): StreamBackup {
  const backup = readJson<StreamBackup>(join(directory, stream, DESCRIPTION));
  if (backup === undefined) throw new Error(`${directory} holds no whole backup: ${join(stream, DESCRIPTION)} is missing`);
  return backup;
}

async function requireEmpty(connection: NatsConnection): Promise<void> {
  const reply = await connection.request('$JS.API.STREAM.NAMES', '{}', { timeout: 10_000 });
  const { streams } = reply.json<{ streams: string[] | null }>();
  const present = BACKED_UP.filter((stream) => streams?.includes(stream));
  if (present.length > 0)
    throw new Error(`${present.join(', ')} ${present.length === 1 ? 'is' : 'are'} there already; a backup is restored into an empty NATS`);
}
