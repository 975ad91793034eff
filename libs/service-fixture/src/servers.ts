import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type ConnectionOptions, type NatsConnection } from '@nats-io/transport-node';
import type { Principal, RpcService } from '@slipway/contracts';
import { ensureStreams, inboxPrefix, NATS_USERS, natsServerConfig, type NatsUser } from '@slipway/event-store-jetstream';
import { runMigrations } from '@slipway/projections-typeorm';
import { createLogger, generateSigningKeyPair, InternalTokenSigner, NatsLink, Redaction, RpcClient } from '@slipway/service-kit';
import { startNats, startPostgres, type NatsServer, type PostgresDatabase } from '@slipway/testing';
import { callerOf, type Caller } from './caller';

/** The service whose servers these are, and its read models. */
export interface ServiceGiven<S extends RpcService> {
  readonly service: S;
  readonly schema: string;
  readonly migrations: Parameters<typeof runMigrations>[0]['migrations'];
  /** The test run's shared server unless given. */
  readonly startDatabase?: () => Promise<PostgresDatabase>;
}

/** What surrounds a service: nats-server with the platform's users and streams, its migrated database, keys, and a gateway that calls. */
export interface ServiceServers<S extends RpcService> {
  readonly nats: NatsServer;
  readonly database: PostgresDatabase;
  /** What the service's process finds in its environment. */
  readonly env: Readonly<Record<string, string>>;
  /** The gateway's own connection. */
  readonly gateway: NatsConnection;
  /** Writes a file that a configuration may name. @returns its path */
  file(name: string, content: string): string;
  /** A connection as one of the platform's users, closed by `stop`. */
  connect(user: NatsUser, options?: ConnectionOptions): Promise<NatsConnection>;
  /** A link as one of the platform's services, closed by `stop`. */
  link(service: RpcService | 'gateway'): Promise<NatsLink>;
  as(principal: Principal): Caller<S>;
  stop(): Promise<void>;
}

const password = 'test-only-password';
const passwords = Object.fromEntries(NATS_USERS.map((user) => [user, password])) as Record<NatsUser, string>;

/** Starts what a service needs, set up as the platform's bootstrap does it. */
export async function startServers<S extends RpcService>(given: ServiceGiven<S>): Promise<ServiceServers<S>> {
  const [nats, database] = await Promise.all([
    startNats({ fullConfig: (options) => natsServerConfig({ ...options, passwords, syncInterval: '2m' }) }),
    (given.startDatabase ?? startPostgres)(),
  ]);
  const opened: { close(): Promise<void> }[] = [];
  const open = async <T extends { close(): Promise<void> }>(opening: Promise<T>): Promise<T> => {
    const connection = await opening;
    opened.push(connection);
    return connection;
  };
  const connectAs = (user: NatsUser, options: ConnectionOptions = {}): Promise<NatsConnection> =>
    open(connect({ servers: nats.url, user, pass: password, inboxPrefix: inboxPrefix(user), ...options }));
  const link = (service: RpcService | 'gateway'): Promise<NatsLink> =>
    open(NatsLink.open({ url: nats.url, user: service, password, service, instance: 'test', logger }));

  await ensureStreams(await connectAs('bootstrap'));
  await runMigrations({ databaseUrl: database.url, schema: given.schema, migrations: given.migrations });
  const directory = mkdtempSync(join(tmpdir(), `slipway-${given.service}-`));
  const file = (name: string, content: string): string => {
    writeFileSync(join(directory, name), content, { mode: 0o600 });
    return join(directory, name);
  };
  const keys = await generateSigningKeyPair();
  const signer = new InternalTokenSigner(keys.privateJwk);
  const gateway = await link('gateway');
  const client = new RpcClient(gateway);
  return {
    nats,
    database,
    env: {
      NATS_URL: nats.url,
      NATS_USER: given.service,
      NATS_PASSWORD: password,
      DATABASE_URL: database.url,
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'silent',
      SLIPWAY_INTERNAL_PUBLIC_KEY_FILE: file('public.json', JSON.stringify(keys.publicJwk)),
    },
    gateway: gateway.connection,
    file,
    connect: connectAs,
    link,
    as: (principal) => callerOf(given.service, client, signer, principal),
    async stop() {
      await Promise.all(opened.map((connection) => connection.close()));
      await Promise.all([database.stop(), nats.stop()]);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

const logger = createLogger({ service: 'test', instance: 'test', level: 'silent', redaction: new Redaction() });
