import { ensureStreams } from '@slipway/event-store-jetstream';
import { connect } from '@nats-io/transport-node';

/** Creates streams and buckets and reads them back; exits 1 with the reason when that fails. */
async function main(): Promise<void> {
  const { NATS_URL: servers, NATS_USER: user, NATS_PASSWORD: pass } = process.env;
  const connection = await connect({ servers, user, pass, inboxPrefix: `_INBOX_${user}` });
  try {
    await ensureStreams(connection);
  } finally {
    await connection.close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
