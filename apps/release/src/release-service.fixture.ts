import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { BlobStore } from '@slipway/blob-store';
import {
  deriveId,
  EMBEDDED_ROLES,
  type EmbeddedRole,
  type Principal,
  type RpcRequest,
  type RpcResponse,
  type RpcVerb,
} from '@slipway/contracts';
import {
  ensureStreams,
  inboxPrefix,
  JetStreamEventStore,
  NATS_USERS,
  natsServerConfig,
  type NatsUser,
} from '@slipway/event-store-jetstream';
import { runMigrations } from '@slipway/projections-typeorm';
import {
  createLogger,
  InternalTokenSigner,
  NatsLink,
  openPlatform,
  Redaction,
  RpcClient,
  startService,
  type RpcCaller,
} from '@slipway/service-kit';
import { startNats, startPostgres } from '@slipway/testing';
import { OtherServices, StandInExecutor } from './release-world.fixture';
import { ReleaseConfig } from './release.config';
import { ReleaseModule } from './release.module';
import { MIGRATIONS, SCHEMA } from './release.schema';

type Verb = RpcVerb<'release'>;
export interface Caller {
  /** Position of the latest command, which queries wait for. */
  readonly position: number;
  call<V extends Verb>(verb: V, body: RpcRequest<'release', V>, options?: Partial<RpcCaller>): Promise<RpcResponse<'release', V>>;
}

/** What surrounds the release service: nats-server with the platform's users, PostgreSQL, the gateway, stand-ins for the others. */
export interface Servers {
  /** Environment of the service's process. */
  readonly env: Readonly<Record<string, string>>;
  readonly others: OtherServices;
  readonly executor: StandInExecutor;
  /** The log, read as the service reads it. */
  readonly log: JetStreamEventStore;
  /** As the gateway does: streams the tarball into the bucket. @returns the upload's name. */
  upload(tarball: Buffer): Promise<string>;
  /** Calls as the gateway does. */
  as(role: EmbeddedRole, scope?: Partial<Principal>): Caller;
  stop(): Promise<void>;
}
/** The service in this process. */
export interface ReleaseUnderTest extends Servers {
  app: INestApplicationContext;
  /** The process ends and another one starts, on the same log and read models. */
  restart(): Promise<void>;
  readonly blobs: BlobStore;
}

const password = 'test-only-password';
const passwords = Object.fromEntries(NATS_USERS.map((user) => [user, password])) as Record<NatsUser, string>;

export async function startServers(): Promise<Servers> {
  const [nats, postgres] = await Promise.all([
    startNats({ fullConfig: (options) => natsServerConfig({ ...options, passwords, syncInterval: '2m' }) }),
    startPostgres(),
  ]);
  const as = (user: NatsUser): Promise<NatsConnection> =>
    connect({ servers: nats.url, user, pass: password, inboxPrefix: inboxPrefix(user) });
  const bootstrap = await connect({ servers: nats.url, user: 'bootstrap', pass: password });
  await ensureStreams(bootstrap);
  await bootstrap.close();
  await runMigrations({ databaseUrl: postgres.url, schema: SCHEMA, migrations: MIGRATIONS });
  const [provisioning, executor, inbox, release] = await Promise.all([
    as('provisioning'),
    as('runtime-executor'),
    as('approval-inbox'),
    as('release'),
  ]);
  const others = new OtherServices({ provisioning, executor, inbox });
  const directory = mkdtempSync(join(tmpdir(), 'slipway-release-'));
  const key = generateKeyPairSync('ed25519');
  const keyFile = join(directory, 'public.json');
  writeFileSync(keyFile, JSON.stringify(key.publicKey.export({ format: 'jwk' })));
  const logger = createLogger({ service: 'gateway', instance: 'test', level: 'silent', redaction: new Redaction() });
  const gateway = await NatsLink.open({ url: nats.url, user: 'gateway', password, service: 'gateway', instance: 'test', logger });
  const signer = new InternalTokenSigner(key.privateKey.export({ format: 'jwk' }));
  const uploads = new BlobStore(gateway.connection);
  return {
    env: {
      NATS_URL: nats.url,
      NATS_USER: 'release',
      NATS_PASSWORD: password,
      DATABASE_URL: postgres.url,
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'silent',
      SLIPWAY_INTERNAL_PUBLIC_KEY_FILE: keyFile,
    },
    others,
    executor: new StandInExecutor(executor, others),
    log: new JetStreamEventStore(release),
    async upload(tarball) {
      const name = `upload-${randomBytes(8).toString('hex')}`;
      await uploads.putNamed(name, tarball);
      return name;
    },
    as: (role, scope = {}) => callerAs(new RpcClient(gateway), signer, role, scope),
    async stop() {
      await Promise.all([gateway, provisioning, executor, inbox, release].map((connection) => connection.close()));
      await postgres.stop();
      await nats.stop();
      rmSync(directory, { recursive: true });
    },
  };
}

/** The service for real, in this process. */
export async function startRelease(given: Partial<ReleaseConfig> = {}): Promise<ReleaseUnderTest> {
  const servers = await startServers();
  const open = async () => {
    const platform = await openPlatform('release', Object.assign(new ReleaseConfig(), servers.env, given));
    return { platform, app: await startService({ name: 'release', module: ReleaseModule }, platform) };
  };
  let running = await open();
  const close = async (): Promise<void> => {
    await running.app.close();
    await running.platform.close();
  };
  const world: ReleaseUnderTest = {
    ...servers,
    app: running.app,
    get blobs() {
      return new BlobStore(running.platform.link.connection);
    },
    async restart() {
      await close();
      running = await open();
      world.app = running.app;
    },
    async stop() {
      await close();
      await servers.stop();
    },
  };
  return world;
}

function callerAs(client: RpcClient, signer: InternalTokenSigner, role: EmbeddedRole, scope: Partial<Principal>): Caller {
  const actorType = role === 'agent' ? 'agent' : 'human';
  const principal: Principal = {
    actorId: role,
    actorType,
    permissions: [...EMBEDDED_ROLES[role]],
    projects: ['*'],
    environments: ['*'],
    ...scope,
  };
  let latest = 0;
  return {
    get position() {
      return latest;
    },
    async call(verb, body, options = {}) {
      const commandId = deriveId('command', randomBytes(8).toString('hex'));
      const token = await signer.sign(principal);
      const caller = { token, commandId, source: 'api', correlationId: commandId, minPosition: latest, ...options } as const;
      const { value, position } = await client.call('release', verb, body, caller);
      latest = Math.max(latest, position ?? 0);
      return value;
    },
  };
}
