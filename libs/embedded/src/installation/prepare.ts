import { setTimeout as delay } from 'node:timers/promises';
import { isSlipwayError } from '@slipway/contracts';
import { ensureStreams } from '@slipway/event-store-jetstream';
import { withSecretFiles } from '@slipway/service-kit';
import { serviceFiles } from '../services';
import { asBootstrap, SERVERS_TIMEOUT_MS } from './log-connection';

/** Room for the lines of a few executions. */
const LEAST_LOGS_BYTES = 16 * 1024 ** 2;

/** Streams and buckets, read back; waits for a cluster that is still choosing its leader. */
export async function prepareLog({ replicas, logsMaxBytes }: { replicas: string; logsMaxBytes: string }): Promise<void> {
  const count = Number(replicas);
  if (![1, 3, 5].includes(count)) throw new Error('--replicas takes 1, 3 or 5');
  const logsBytes = Number(logsMaxBytes);
  if (!Number.isSafeInteger(logsBytes) || logsBytes < LEAST_LOGS_BYTES) {
    throw new Error(`--logs-max-bytes (SLIPWAY_LOGS_MAX_BYTES) takes a number of bytes, ${LEAST_LOGS_BYTES} or more`);
  }
  await asBootstrap(async (connection) => {
    const deadline = performance.now() + SERVERS_TIMEOUT_MS;
    for (;;) {
      try {
        await ensureStreams(connection, { replicas: count, logsMaxBytes: logsBytes });
        return;
      } catch (error) {
        if ((isSlipwayError(error) && error.code === 'internal') || performance.now() > deadline) throw error;
        process.stderr.write(`the event log is not available yet: ${error instanceof Error ? error.message : String(error)}\n`);
        await delay(1_000);
      }
    }
  });
}

/** Every service's migrations, one process; exit code 1 with the reason when one fails. */
export async function migrate(): Promise<void> {
  const { DATABASE_URL: url } = withSecretFiles(process.env);
  if (!url) throw new Error('DATABASE_URL (or DATABASE_URL_FILE) is needed: postgres://user:password@host:port/database');
  process.env['DATABASE_URL'] = url;
  for (const { migrate: file } of serviceFiles()) if (file !== undefined) await import(file);
}
