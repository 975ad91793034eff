import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { connect } from '@nats-io/transport-node';
import {
  EMBEDDED_ROLES,
  deriveId,
  type EmbeddedRole,
  type Principal,
  type RpcRequest,
  type RpcResponse,
  type RpcVerb,
} from '@slipway/contracts';
import { ensureStreams, NATS_USERS, natsServerConfig, type NatsUser } from '@slipway/event-store-jetstream';
import { runMigrations } from '@slipway/projections-typeorm';
import {
  createLogger,
  InternalTokenSigner,
  loadConfig,
  NatsLink,
  openPlatform,
  Redaction,
  RpcClient,
  startService,
  type Platform,
  type RpcCaller,
} from '@slipway/service-kit';
import { startNats, startPostgres, type NatsServer, type PostgresDatabase } from '@slipway/testing';
import { ProvisioningConfig } from './provisioning.config';
import { ProvisioningModule } from './provisioning.module';
import { MIGRATIONS, SCHEMA } from './provisioning.schema';

type Verb = RpcVerb<'provisioning'>;

/** The service for real: on nats-server with the platform's users, and on PostgreSQL; called as the gateway calls it. */
export interface ProvisioningUnderTest {
  readonly nats: NatsServer;
  readonly platform: Platform;
  readonly app: INestApplicationContext;
  as(role: EmbeddedRole, scope?: Partial<Principal>): Caller;
  stop(): Promise<void>;
}
export interface Caller {
  call<V extends Verb>(verb: V, body: RpcRequest<'provisioning', V>, options?: Partial<RpcCaller>): Promise<RpcResponse<'provisioning', V>>;
  /** Position of the latest command, which `call` adds to queries. */
  readonly position: number;
}

export const TEST_PASSWORD = 'test-only-password';
const password = TEST_PASSWORD;
const passwords = Object.fromEntries(NATS_USERS.map((user) => [user, password])) as Record<NatsUser, string>;

/** The servers underneath, set up as the platform's bootstrap does, and a gateway that calls. */
export interface Servers {
  readonly nats: NatsServer;
  /** What the process finds in its environment. */
  readonly env: Record<string, string>;
  as(role: EmbeddedRole, scope?: Partial<Principal>): Caller;
  stop(): Promise<void>;
}

export async function startServers(startDatabase: () => Promise<PostgresDatabase> = startPostgres): Promise<Servers> {
  const [nats, postgres] = await Promise.all([
    startNats({ fullConfig: (given) => natsServerConfig({ ...given, passwords, syncInterval: '2m' }) }),
    startDatabase(),
  ]);
  const bootstrap = await connect({ servers: nats.url, user: 'bootstrap', pass: password });
  await ensureStreams(bootstrap);
  await bootstrap.close();
  await runMigrations({ databaseUrl: postgres.url, schema: SCHEMA, migrations: MIGRATIONS });
  const directory = mkdtempSync(join(tmpdir(), 'slipway-provisioning-'));
  const key = generateKeyPairSync('ed25519');
  const keyFile = join(directory, 'public.json');
  writeFileSync(keyFile, JSON.stringify(key.publicKey.export({ format: 'jwk' })));
  const logger = createLogger({ service: 'gateway', instance: 'test', level: 'silent', redaction: new Redaction() });
  const gateway = await NatsLink.open({ url: nats.url, user: 'gateway', password, service: 'gateway', instance: 'test', logger });
  const signer = new InternalTokenSigner(key.privateKey.export({ format: 'jwk' }));
  return {
    nats,
    env: {
      NATS_URL: nats.url,
      NATS_USER: 'provisioning',
      NATS_PASSWORD: password,
      DATABASE_URL: postgres.url,
      SLIPWAY_INTERNAL_PUBLIC_KEY_FILE: keyFile,
    },
    as: (role, scope = {}) => callerAs(new RpcClient(gateway), signer, role, scope),
    async stop() {
      await gateway.close();
      await postgres.stop();
      await nats.stop();
      rmSync(directory, { recursive: true });
    },
  };
}

/** @param startDatabase the test run's shared server unless given */
export async function startProvisioning(startDatabase?: () => Promise<PostgresDatabase>): Promise<ProvisioningUnderTest> {
  const servers = await startServers(startDatabase);
  const config = loadConfig(ProvisioningConfig, { ...servers.env, LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'silent' });
  const platform = await openPlatform('provisioning', config);
  const app = await startService({ name: 'provisioning', module: ProvisioningModule }, platform);
  return {
    nats: servers.nats,
    platform,
    app,
    as: (role, scope) => servers.as(role, scope),
    async stop() {
      await app.close();
      await platform.close();
      await servers.stop();
    },
  };
}

function callerAs(client: RpcClient, signer: InternalTokenSigner, role: EmbeddedRole, scope: Partial<Principal>): Caller {
  const actorType = role === 'agent' ? 'agent' : 'human';
  const permissions = [...EMBEDDED_ROLES[role]];
  const principal: Principal = { actorId: role, actorType, permissions, projects: ['*'], environments: ['*'], ...scope };
  let latest = 0;
  return {
    get position() {
      return latest;
    },
    async call(verb, body, options = {}) {
      const commandId = deriveId('command', randomBytes(8).toString('hex'));
      const token = await signer.sign(principal);
      const caller = { token, commandId, source: 'api', correlationId: commandId, minPosition: latest, ...options } as const;
      const { value, position } = await client.call('provisioning', verb, body, caller);
      latest = Math.max(latest, position ?? 0);
      return value;
    },
  };
}
