import { randomBytes } from 'node:crypto';
import { BlobStore } from '@slipway/blob-store';
import type { EmbeddedRole, Principal } from '@slipway/contracts';
import { JetStreamEventStore } from '@slipway/event-store-jetstream';
import {
  hostService,
  principalOf,
  startServers as startServersOf,
  type Caller as CallerOf,
  type HostedService,
} from '@slipway/service-fixture';
import { loadConfig } from '@slipway/service-kit';
import { OtherServices, StandInExecutor } from './release-world.fixture';
import { ReleaseConfig } from './release.config';
import { ReleaseModule } from './release.module';
import { MIGRATIONS, SCHEMA } from './release.schema';

export type Caller = CallerOf<'release'>;

/** What surrounds the release service: nats-server with the platform's users, PostgreSQL, the gateway, stand-ins for the others. */
export interface Servers {
  /** Environment of the service's process. */
  readonly env: Readonly<Record<string, string>>;
  readonly others: OtherServices;
  readonly executor: StandInExecutor;
  /** The log and the bucket, read as the service reads them. */
  readonly log: JetStreamEventStore;
  readonly blobs: BlobStore;
  /** As the gateway does: streams the tarball into the bucket. @returns the upload's name. */
  upload(tarball: Buffer): Promise<string>;
  /** Calls as the gateway does. */
  as(role: EmbeddedRole, scope?: Partial<Principal>): Caller;
  stop(): Promise<void>;
}
/** The service in this process. */
export type ReleaseUnderTest = Servers & HostedService;

export async function startServers(): Promise<Servers> {
  const servers = await startServersOf({ service: 'release', schema: SCHEMA, migrations: MIGRATIONS });
  const [provisioning, executor, inbox, release] = await Promise.all([
    servers.connect('provisioning'),
    servers.connect('runtime-executor'),
    servers.connect('approval-inbox'),
    servers.connect('release'),
  ]);
  const others = new OtherServices({ provisioning, executor, inbox });
  const uploads = new BlobStore(servers.gateway);
  return {
    env: servers.env,
    others,
    executor: new StandInExecutor(executor, others),
    log: new JetStreamEventStore(release),
    blobs: new BlobStore(release),
    async upload(tarball) {
      const name = `upload-${randomBytes(8).toString('hex')}`;
      await uploads.putNamed(name, tarball);
      return name;
    },
    as: (role, scope) => servers.as(principalOf(role, scope)),
    stop: () => servers.stop(),
  };
}

/** The service for real, in this process. @param given what the process finds in its environment besides */
export async function startRelease(given: Readonly<Record<string, string>> = {}): Promise<ReleaseUnderTest> {
  const servers = await startServers();
  const config = loadConfig(ReleaseConfig, { ...servers.env, ...given });
  const hosted = await hostService({ name: 'release', module: ReleaseModule }, config, servers);
  const stop = hosted.stop.bind(hosted);
  return Object.assign(hosted, servers, { stop });
}
