import type { NatsConnection } from '@nats-io/transport-node';
import type { Principal, RpcService } from '@slipway/contracts';
import { runMigrations } from '@slipway/projections-typeorm';
import { generateSigningKeyPair, InternalTokenSigner, RpcClient } from '@slipway/service-kit';
import { startPostgres, type PostgresDatabase } from '@slipway/testing';
import { startBroker, type Broker } from './broker';
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
export interface ServiceServers<S extends RpcService> extends Omit<Broker, 'env'> {
  readonly database: PostgresDatabase;
  /** What the service's process finds in its environment. */
  readonly env: Readonly<Record<string, string>>;
  /** The gateway's own connection. */
  readonly gateway: NatsConnection;
  as(principal: Principal): Caller<S>;
}

/** Starts what a service needs, set up as the platform's bootstrap does it. */
export async function startServers<S extends RpcService>(given: ServiceGiven<S>): Promise<ServiceServers<S>> {
  const [broker, database] = await Promise.all([startBroker(given.service), (given.startDatabase ?? startPostgres)()]);
  await runMigrations({ databaseUrl: database.url, schema: given.schema, migrations: given.migrations });
  const keys = await generateSigningKeyPair();
  const signer = new InternalTokenSigner(keys.privateJwk);
  const gateway = await broker.link('gateway');
  const client = new RpcClient(gateway);
  return {
    ...broker,
    database,
    env: {
      ...broker.env(given.service),
      DATABASE_URL: database.url,
      SLIPWAY_INTERNAL_PUBLIC_KEY_FILE: broker.file('public.json', JSON.stringify(keys.publicJwk)),
    },
    gateway: gateway.connection,
    as: (principal) => callerOf(given.service, client, signer, principal),
    async stop() {
      await Promise.all([broker.stop(), database.stop()]);
    },
  };
}
