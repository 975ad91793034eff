import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { connect } from '@nats-io/transport-node';
import { deriveId, EMBEDDED_ROLES, type Principal, type RpcRequest, type RpcResponse, type RpcVerb } from '@slipway/contracts';
import { ensureStreams, JetStreamEventStore, NATS_USERS, natsServerConfig, type NatsUser } from '@slipway/event-store-jetstream';
import type { EventStore } from '@slipway/event-sourcing';
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
import { ApprovalInboxConfig } from './approval-inbox.config';
import { ApprovalInboxModule } from './approval-inbox.module';
import { MIGRATIONS, SCHEMA } from './approval-inbox.schema';
import { releaseWriter, type ReleaseWriter } from './release-writer.fixture';
import { requestWriter, type RequestWriter } from './request-writer.fixture';

type Verb = RpcVerb<'approval-inbox'>;

/** The service for real: on nats-server with the platform's users, and on PostgreSQL; called as the gateway calls it. */
export interface InboxUnderTest {
  app: INestApplicationContext;
  readonly releases: ReleaseWriter;
  readonly provisioning: RequestWriter;
  /** The log as the release service reads and writes it. */
  readonly store: EventStore;
  as(principal: Principal): Caller;
  /** The process ends and another one starts, on the same log and read models. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}
export interface Caller {
  call<V extends Verb>(
    verb: V,
    body: RpcRequest<'approval-inbox', V>,
    options?: Partial<RpcCaller>,
  ): Promise<RpcResponse<'approval-inbox', V>>;
}

/** An approver, unless told otherwise. */
export const person = (actorId: string, given: Partial<Principal> = {}): Principal => ({
  actorId,
  actorType: 'human',
  permissions: [...EMBEDDED_ROLES.approver],
  projects: ['*'],
  environments: ['*'],
  ...given,
});

const password = 'test-only-password';
const passwords = Object.fromEntries(NATS_USERS.map((user) => [user, password])) as Record<NatsUser, string>;

export async function startInbox(): Promise<InboxUnderTest> {
  const [nats, postgres] = await Promise.all([
    startNats({ fullConfig: (given) => natsServerConfig({ ...given, passwords, syncInterval: '2m' }) }),
    startPostgres(),
  ]);
  const bootstrap = await connect({ servers: nats.url, user: 'bootstrap', pass: password });
  await ensureStreams(bootstrap);
  await bootstrap.close();
  await runMigrations({ databaseUrl: postgres.url, schema: SCHEMA, migrations: MIGRATIONS });
  const directory = mkdtempSync(join(tmpdir(), 'slipway-inbox-'));
  const key = generateKeyPairSync('ed25519');
  writeFileSync(join(directory, 'public.json'), JSON.stringify(key.publicKey.export({ format: 'jwk' })));
  const config = Object.assign(new ApprovalInboxConfig(), {
    NATS_URL: nats.url,
    NATS_USER: 'approval-inbox',
    NATS_PASSWORD: password,
    DATABASE_URL: postgres.url,
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'silent',
    SLIPWAY_INTERNAL_PUBLIC_KEY_FILE: join(directory, 'public.json'),
  });
  const open = async () => {
    const platform = await openPlatform('approval-inbox', config);
    return { platform, app: await startService({ name: 'approval-inbox', module: ApprovalInboxModule }, platform) };
  };
  let running = await open();
  const close = async (): Promise<void> => {
    await running.app.close();
    await running.platform.close();
  };
  const logger = createLogger({ service: 'test', instance: 'test', level: 'silent', redaction: new Redaction() });
  const [gateway, release, provisioning] = await Promise.all(
    (['gateway', 'release', 'provisioning'] as const).map((service) =>
      NatsLink.open({ url: nats.url, user: service, password, service, instance: 'test', logger }),
    ),
  );
  const signer = new InternalTokenSigner(key.privateKey.export({ format: 'jwk' }));
  const store = new JetStreamEventStore(release!.connection);
  const inbox: InboxUnderTest = {
    app: running.app,
    store,
    releases: releaseWriter(store),
    provisioning: requestWriter(new JetStreamEventStore(provisioning!.connection)),
    as: (principal) => callerAs(new RpcClient(gateway!), signer, principal),
    async restart() {
      await close();
      running = await open();
      inbox.app = running.app;
    },
    async stop() {
      await close();
      await Promise.all([gateway!.close(), release!.close(), provisioning!.close()]);
      await postgres.stop();
      await nats.stop();
      rmSync(directory, { recursive: true });
    },
  };
  return inbox;
}

const callerAs = (client: RpcClient, signer: InternalTokenSigner, principal: Principal): Caller => ({
  async call(verb, body, options = {}) {
    const commandId = deriveId('command', randomBytes(8).toString('hex'));
    const caller = { token: await signer.sign(principal), commandId, source: 'api', correlationId: commandId, ...options } as const;
    return (await client.call('approval-inbox', verb, body, caller)).value;
  },
});
