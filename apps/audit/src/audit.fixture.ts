import { randomBytes } from 'node:crypto';
import type { NatsConnection } from '@nats-io/transport-node';
import { deriveId, EMBEDDED_ROLES, type NewEvent, type Principal, type ResourceType } from '@slipway/contracts';
import { EMPTY_HEAD, envelopesOf, headOf, type Recorded } from '@slipway/event-sourcing';
import { JetStreamEventStore } from '@slipway/event-store-jetstream';
import { hostService, startServers, type Caller, type HostedService } from '@slipway/service-fixture';
import { loadConfig } from '@slipway/service-kit';
import { AuditConfig } from './audit.config';
import { AuditModule } from './audit.module';
import { MIGRATIONS, SCHEMA } from './audit.schema';

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
export interface AuditUnderTest extends HostedService {
  as(principal: Principal): Caller<'audit'>;
  /** What another service has to tell. */
  happens(happening: Happening): Promise<Recorded>;
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

/** @param settings what the process finds in its environment besides */
export async function startAudit(settings: Readonly<Record<string, string>> = {}): Promise<AuditUnderTest> {
  const servers = await startServers({ service: 'audit', schema: SCHEMA, migrations: MIGRATIONS });
  const environment = {
    ...servers.env,
    SLIPWAY_ENDPOINTS_KEY_FILE: servers.file('endpoints.key', randomBytes(32).toString('base64')),
    SLIPWAY_PUBLIC_URL: 'https://slipway.test',
    ...settings,
  };
  const config = loadConfig(AuditConfig, environment);
  const bootstrap = await servers.connect('bootstrap');
  return Object.assign(await hostService({ name: 'audit', module: AuditModule }, config, servers), {
    as: (principal: Principal) => servers.as(principal),
    happens: happenings(bootstrap),
  });
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
