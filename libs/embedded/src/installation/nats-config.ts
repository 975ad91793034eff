import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NATS_USERS, natsServerConfig, type NatsUser } from '@slipway/event-store-jetstream';
import { writeText } from '../data-directory/files';

export interface NatsConfigOptions {
  /** Folder with a file per NATS user and `cluster`: what was handed out to `nats`. */
  readonly secrets: string;
  readonly out: string;
  readonly store: string;
  readonly serverName: string;
  readonly port: string;
  readonly monitorPort: string;
  /** `host:port` of the members of a cluster; none for a server of its own. */
  readonly route: readonly string[];
}

const CLUSTER_PORT = 6222;
const EVERYWHERE = '0.0.0.0';

/** nats-server's configuration with every user's permissions, for a server that others reach over the network. */
export function writeNatsConfig(options: NatsConfigOptions): void {
  const secret = (name: string): string => readFileSync(join(options.secrets, name), 'utf8').trim();
  const cluster = { listen: `${EVERYWHERE}:${CLUSTER_PORT}`, routes: options.route, password: secret('cluster') };
  const text = natsServerConfig({
    host: EVERYWHERE,
    port: Number(options.port),
    monitor: `${EVERYWHERE}:${options.monitorPort}`,
    storeDirectory: options.store,
    serverName: options.serverName,
    passwords: Object.fromEntries(NATS_USERS.map((user) => [user, secret(user)])) as Record<NatsUser, string>,
    ...(options.route.length > 0 && { cluster }),
  });
  writeText(options.out, text);
}
