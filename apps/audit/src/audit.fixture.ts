import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import {
  deriveId,
  EMBEDDED_ROLES,
  type NewEvent,
  type Principal,
  type ResourceType,
  type RpcRequest,
  type RpcResponse,
  type RpcVerb,
} from '@slipway/contracts';
import { EMPTY_HEAD, envelopesOf, headOf, type Recorded } from '@slipway/event-sourcing';
import { ensureStreams, JetStreamEventStore, NATS_USERS, natsServerConfig, type NatsUser } from '@slipway/event-store-jetstream';
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
import { AuditConfig } from './audit.config';
import { AuditModule } from './audit.module';
import { MIGRATIONS, SCHEMA } from './audit.schema';

type Verb = RpcVerb<'audit'>;
export interface Happening {
  readonly type: ResourceType;
  readonly id: string;
  readonly action: string;
  readonly detail: object;
  readonly status?: string;
  readonly project?: string;
  readonly environment?: string;
  readonly actor?: string;
  readonly at?: string;
}

/** The service for real, on nats-server with the platform's users and on PostgreSQL, called as the gateway calls it. */
export interface AuditUnderTest {
  app: INestApplicationContext;
  as(principal: Principal): {
    call<V extends Verb>(verb: V, body: RpcRequest<'audit', V>, options?: Partial<RpcCaller>): Promise<RpcResponse<'audit', V>>;
  };
  /** What another service has to tell. */
  happens(happening: Happening): Promise<Recorded>;
  /** The process ends and another starts, on the same log and database. */
  restart(): Promise<void>;
  /** Another process of the service beside it, on the same log and database. @returns how to end it. */
  replica(): Promise<() => Promise<void>>;
  stop(): Promise<void>;
}

export const person = (actorId: string, given: Partial<Principal> = {}): Principal => ({
  actorId,
  actorType: 'human',
  permissions: [...EMBEDDED_ROLES.viewer],
  projects: ['shop'],
  environments: ['*'],
  ...given,
});
export const administrator = (actorId: string): Principal => person(actorId, { permissions: [...EMBEDDED_ROLES.admin], projects: ['*'] });

const password = 'test-only-password';
const passwords = Object.fromEntries(NATS_USERS.map((user) => [user, password])) as Record<NatsUser, string>;

export async function startAudit(settings: Partial<AuditConfig> = {}): Promise<AuditUnderTest> {
  const [nats, postgres] = await Promise.all([
    startNats({ fullConfig: (given) => natsServerConfig({ ...given, passwords, syncInterval: '2m' }) }),
    startPostgres(),
  ]);
  const bootstrap = await connect({ servers: nats.url, user: 'bootstrap', pass: password });
  await ensureStreams(bootstrap);
  await runMigrations({ databaseUrl: postgres.url, schema: SCHEMA, migrations: MIGRATIONS });
  const directory = mkdtempSync(join(tmpdir(), 'slipway-audit-'));
  const key = generateKeyPairSync('ed25519');
  writeFileSync(join(directory, 'public.json'), JSON.stringify(key.publicKey.export({ format: 'jwk' })));
  writeFileSync(join(directory, 'endpoints.key'), randomBytes(32).toString('base64'));
  const config = Object.assign(
    new AuditConfig(),
    {
      NATS_URL: nats.url,
      NATS_USER: 'audit',
      NATS_PASSWORD: password,
      DATABASE_URL: postgres.url,
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'silent',
      SLIPWAY_INTERNAL_PUBLIC_KEY_FILE: join(directory, 'public.json'),
      SLIPWAY_ENDPOINTS_KEY_FILE: join(directory, 'endpoints.key'),
      SLIPWAY_PUBLIC_URL: 'https://slipway.test',
    },
    settings,
  );
  const open = async () => {
    const platform = await openPlatform('audit', config);
    return { platform, app: await startService({ name: 'audit', module: AuditModule }, platform) };
  };
  let running = await open();
  const close = async ({ app, platform } = running): Promise<void> => {
    await app.close();
    await platform.close();
  };
  const logger = createLogger({ service: 'test', instance: 'test', level: 'silent', redaction: new Redaction() });
  const gateway = await NatsLink.open({ url: nats.url, user: 'gateway', password, service: 'gateway', instance: 'test', logger });
  const signer = new InternalTokenSigner(key.privateKey.export({ format: 'jwk' }));
  const client = new RpcClient(gateway);
  const audit: AuditUnderTest = {
    app: running.app,
    as: (principal) => ({
      async call(verb, body, options = {}) {
        const commandId = deriveId('command', randomBytes(8).toString('hex'));
        const caller = { token: await signer.sign(principal), commandId, source: 'api', correlationId: commandId, ...options } as const;
        return (await client.call('audit', verb, body, caller)).value;
      },
    }),
    happens: happenings(bootstrap),
    async restart() {
      await close();
      running = await open();
      audit.app = running.app;
    },
    async replica() {
      const another = await open();
      return () => close(another);
    },
    async stop() {
      await close();
      await Promise.all([gateway.close(), bootstrap.close()]);
      await postgres.stop();
      await nats.stop();
      rmSync(directory, { recursive: true });
    },
  };
  return audit;
}

function happenings(connection: NatsConnection): AuditUnderTest['happens'] {
  const store = new JetStreamEventStore(connection);
  return async ({ type, id, action, detail, status = 'test', project = 'shop', environment, actor = 'dev', at }) => {
    const ref = { projectId: project, type, id } as const;
    const last = await store.head(ref);
    const expected = last ? headOf(last) : EMPTY_HEAD;
    const commandId = deriveId('command', id, randomBytes(8).toString('hex'));
    const event: NewEvent = { action, status, detail, ...(environment === undefined ? {} : { environmentId: environment }) };
    const context = {
      commandId,
      principal: { actorId: actor, actorType: 'human' },
      source: 'api',
      correlationId: 'test',
      causationId: commandId,
      now: at ?? new Date().toISOString(),
    } as const;
    const { recorded } = await store.append({ ref, expected, events: envelopesOf(ref, expected.version, [event], context) });
    return recorded.at(-1)!;
  };
}
