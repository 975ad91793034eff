import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type ConnectionOptions, type NatsConnection } from '@nats-io/transport-node';
import type { RpcService } from '@slipway/contracts';
import { ensureStreams, inboxPrefix, NATS_USERS, natsServerConfig, type NatsUser } from '@slipway/event-store-jetstream';
import { createLogger, NatsLink, Redaction } from '@slipway/service-kit';
import { startNats, type NatsServer } from '@slipway/testing';

type ProcessName = RpcService | 'gateway';

/** nats-server with the platform's users and streams, as its bootstrap leaves it. */
export interface Broker {
  readonly nats: NatsServer;
  /** Of the test alone; gone with `stop`. */
  readonly directory: string;
  /** How a process of the platform connects, in its environment. */
  env(service: ProcessName): Readonly<Record<string, string>>;
  /** Writes a file that a configuration may name. @returns its path */
  file(name: string, content: string): string;
  /** A connection as one of the platform's users, closed by `stop`. */
  connect(user: NatsUser, options?: ConnectionOptions): Promise<NatsConnection>;
  /** A link as one of the platform's processes, closed by `stop`. */
  link(service: ProcessName): Promise<NatsLink>;
  stop(): Promise<void>;
}

const password = 'test-only-password';
const passwords = Object.fromEntries(NATS_USERS.map((user) => [user, password])) as Record<NatsUser, string>;
const logger = createLogger({ service: 'test', instance: 'test', level: 'silent', redaction: new Redaction() });

/** @param name whose test it is; a part of the directory's name */
export async function startBroker(name: string): Promise<Broker> {
  const nats = await startNats({ fullConfig: (options) => natsServerConfig({ ...options, passwords, syncInterval: '2m' }) });
  const directory = mkdtempSync(join(tmpdir(), `slipway-${name}-`));
  const opened: { close(): Promise<void> }[] = [];
  const open = async <T extends { close(): Promise<void> }>(opening: Promise<T>): Promise<T> => {
    const connection = await opening;
    opened.push(connection);
    return connection;
  };
  const connectAs = (user: NatsUser, options: ConnectionOptions = {}): Promise<NatsConnection> =>
    connect({ servers: nats.url, user, pass: password, inboxPrefix: inboxPrefix(user), ...options });
  await makeStreams(await connectAs('bootstrap'));
  return {
    nats,
    directory,
    env: (service) => ({
      NATS_URL: nats.url,
      NATS_USER: service,
      NATS_PASSWORD: password,
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'silent',
    }),
    file(fileName, content) {
      writeFileSync(join(directory, fileName), content, { mode: 0o600 });
      return join(directory, fileName);
    },
    connect: (user, options) => open(connectAs(user, options)),
    link: (service) => open(NatsLink.open({ url: nats.url, user: service, password, service, instance: 'test', logger })),
    async stop() {
      await Promise.all(opened.map((connection) => connection.close()));
      await nats.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function makeStreams(bootstrap: NatsConnection): Promise<void> {
  await ensureStreams(bootstrap);
  await bootstrap.close();
}
