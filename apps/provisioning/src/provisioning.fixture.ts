import { rpcSubject, type EmbeddedRole, type Principal, type TargetUse } from '@slipway/contracts';
import {
  hostService,
  principalOf,
  startServers as startServersOf,
  type Caller as CallerOf,
  type HostedService,
  type ServiceServers,
} from '@slipway/service-fixture';
import { loadConfig } from '@slipway/service-kit';
import type { PostgresDatabase } from '@slipway/testing';
import { ProvisioningConfig } from './provisioning.config';
import { ProvisioningModule } from './provisioning.module';
import { MIGRATIONS, SCHEMA } from './provisioning.schema';

export type Caller = CallerOf<'provisioning'>;
export type Servers = ServiceServers<'provisioning'>;

/** The service for real: on nats-server with the platform's users, and on PostgreSQL; called as the gateway calls it. */
export interface ProvisioningUnderTest extends HostedService {
  readonly servers: Servers;
  /** What the stand-in for the executor says of every target. */
  readonly use: TargetUse;
  as(role: EmbeddedRole, scope?: Partial<Principal>): Caller;
}

/** @param startDatabase the test run's shared server unless given */
export const startServers = (startDatabase?: () => Promise<PostgresDatabase>): Promise<Servers> =>
  startServersOf({ service: 'provisioning', schema: SCHEMA, migrations: MIGRATIONS, ...(startDatabase ? { startDatabase } : {}) });

/** @param startDatabase the test run's shared server unless given */
export async function startProvisioning(startDatabase?: () => Promise<PostgresDatabase>): Promise<ProvisioningUnderTest> {
  const servers = await startServers(startDatabase);
  const use: TargetUse = { running: [], executed: [] };
  const executor = await servers.connect('runtime-executor');
  executor.subscribe(rpcSubject('runtime-executor', 'get-target-use'), {
    callback: (_error, message) => void message.respond(JSON.stringify({ ok: true, value: use, position: null })),
  });
  const definition = { name: 'provisioning', module: ProvisioningModule } as const;
  return Object.assign(await hostService(definition, loadConfig(ProvisioningConfig, servers.env), servers), {
    servers,
    use,
    as: (role: EmbeddedRole, scope?: Partial<Principal>) => servers.as(principalOf(role, scope)),
  });
}
