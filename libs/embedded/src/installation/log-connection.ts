import { connect, type NatsConnection } from '@nats-io/transport-node';
import { inboxPrefix } from '@slipway/event-store-jetstream';
import { withSecretFiles } from '@slipway/service-kit';

/** How long servers that are just starting are waited for. */
export const SERVERS_TIMEOUT_MS = 120_000;

/** As `bootstrap`, by NATS_URL and NATS_PASSWORD(_FILE); waits for the server. */
export async function asBootstrap<T>(act: (connection: NatsConnection) => Promise<T>): Promise<T> {
  const env = withSecretFiles(process.env);
  const { NATS_URL: url, NATS_PASSWORD: pass } = env;
  if (!url || !pass) throw new Error('NATS_URL and NATS_PASSWORD (or NATS_PASSWORD_FILE), the password of bootstrap, are needed');
  const connection = await connect({
    servers: url.split(','),
    user: 'bootstrap',
    pass,
    inboxPrefix: inboxPrefix('bootstrap'),
    waitOnFirstConnect: true,
    maxReconnectAttempts: SERVERS_TIMEOUT_MS / 1_000,
    reconnectTimeWait: 1_000,
    timeout: 5_000,
  });
  try {
    return await act(connection);
  } finally {
    await connection.close();
  }
}
