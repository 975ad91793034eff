import { EMBEDDED_ROLES, type ApprovalEvent, type Principal } from '@slipway/contracts';
import type { EventStore } from '@slipway/event-sourcing';
import { JetStreamEventStore } from '@slipway/event-store-jetstream';
import { hostService, startServers, type Caller, type HostedService } from '@slipway/service-fixture';
import { loadConfig } from '@slipway/service-kit';
import { ApprovalInboxConfig } from './approval-inbox.config';
import { ApprovalInboxModule } from './approval-inbox.module';
import { MIGRATIONS, SCHEMA } from './approval-inbox.schema';
import { releaseWriter, type AskedRelease, type ReleaseWriter } from './release-writer.fixture';
import { requestWriter, type RequestWriter } from './request-writer.fixture';

/** The service for real: on nats-server with the platform's users, and on PostgreSQL; called as the gateway calls it. */
export interface InboxUnderTest extends HostedService {
  readonly releases: ReleaseWriter;
  readonly provisioning: RequestWriter;
  /** The log as the release service reads and writes it. */
  readonly store: EventStore;
  as(principal: Principal): Caller<'approval-inbox'>;
  /** Status of the ticket that a release asked for. */
  statusOf(release: AskedRelease): Promise<string>;
  eventsOf(release: AskedRelease): Promise<readonly ApprovalEvent[]>;
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

export async function startInbox(): Promise<InboxUnderTest> {
  const servers = await startServers({ service: 'approval-inbox', schema: SCHEMA, migrations: MIGRATIONS });
  const [release, provisioning] = await Promise.all([servers.connect('release'), servers.connect('provisioning')]);
  const store = new JetStreamEventStore(release);
  const definition = { name: 'approval-inbox', module: ApprovalInboxModule } as const;
  return Object.assign(await hostService(definition, loadConfig(ApprovalInboxConfig, servers.env), servers), {
    store,
    releases: releaseWriter(store),
    provisioning: requestWriter(new JetStreamEventStore(provisioning)),
    as: (principal: Principal) => servers.as(principal),
    statusOf: async ({ ticketId: id }: AskedRelease) => (await servers.as(person('reader')).call('get-ticket', { id })).status,
    eventsOf: async ({ projectId, ticketId: id }: AskedRelease) =>
      (await store.read({ projectId, type: 'approval', id })).map(({ event }) => event as ApprovalEvent),
  });
}
