import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NatsConnection } from '@nats-io/transport-node';
import { BlobStore } from '@slipway/blob-store';
import {
  canonicalJson,
  defaultPolicy,
  deriveId,
  digestOf,
  executionId,
  PERMISSIONS,
  resolveStrategy,
  slotLogSubject,
  type AggregateRef,
  type EventEnvelope,
  type NewEvent,
  type Principal,
  type ResourceType,
  type RpcRequest,
  type RpcResponse,
  type RpcVerb,
  type SlotLogBatch,
  type TargetConnection,
} from '@slipway/contracts';
import { CommandRunner, testContext, type Recorded } from '@slipway/event-sourcing';
import { JetStreamEventStore } from '@slipway/event-store-jetstream';
import { ProcessRuntimeTarget } from '@slipway/runtime-process';
import type { TargetAccess } from '@slipway/runtime-target';
import { startServers, type Caller, type ServiceServers } from '@slipway/service-fixture';
import { eventually, startPostgresAlone, type NatsServer, type PostgresDatabase } from '@slipway/testing';
import { MIGRATIONS, SCHEMA } from '../runtime-executor.schema';
import { readSlot } from '../execution/run/slot-reading';
import { draftOf, ENVIRONMENT, PROJECT, slotOf, subjectOf, TARGET, type ReleaseGiven } from './drafts.fixture';
import { ExecutorProcess } from './executor-process.fixture';
import { sampleArtifact, sampleManifest } from './sample-service.fixture';

/** Slot routers of this spec listen in a range of their own. */
const PORT = 21_000 + (process.pid % 300) * 30;

/** Real nats-server, PostgreSQL and process runtime, executors as processes; the other services are played by the spec. */
export class ExecutorPlatform {
  /** Also the dead ones, in the order of their starts. */
  readonly executors: ExecutorProcess[] = [];
  readonly target: TargetConnection = { host: '127.0.0.1', port_from: PORT, port_to: PORT + 29 };
  readonly access: TargetAccess = { key: 'this machine', connection: this.target, credential: () => Promise.resolve(null) };
  private commands = 0;

  private constructor(
    private readonly servers: ServiceServers<'runtime-executor'>,
    readonly connection: NatsConnection,
    readonly runtime: ProcessRuntimeTarget,
    readonly store = new JetStreamEventStore(connection),
    readonly runner = new CommandRunner(store),
    /** For events of whatever type, unfolded. */
    private readonly voice = new CommandRunner(store),
    readonly blobs = new BlobStore(connection),
  ) {}

  static async start(options: { alone?: boolean } = {}): Promise<ExecutorPlatform> {
    const database = options.alone ? { startDatabase: startPostgresAlone } : {};
    const servers = await startServers({ service: 'runtime-executor', schema: SCHEMA, migrations: MIGRATIONS, ...database });
    const connection = await servers.connect('bootstrap', { maxReconnectAttempts: -1, reconnectTimeWait: 100 });
    const runtime = new ProcessRuntimeTarget({ dataDir: join(servers.directory, 'runtime') });
    servers.file('secrets.key', randomBytes(32).toString('base64'));
    const platform = new ExecutorPlatform(servers, connection, runtime);
    await platform.sayPlaces();
    return platform;
  }

  /** A further executor; `environment` overrides its configuration. Resolves when it serves. */
  async executor(environment: Record<string, string> = {}): Promise<ExecutorProcess> {
    const executor = new ExecutorProcess({
      ...this.servers.env,
      LOG_LEVEL: 'info',
      SLIPWAY_SECRETS_KEY_FILE: join(this.directory, 'secrets.key'),
      SLIPWAY_DATA_DIR: join(this.directory, 'runtime'),
      SLIPWAY_RUNTIMES: 'process',
      SLIPWAY_INSTANCE: `executor-${this.executors.length + 1}`,
      SLIPWAY_EXECUTION_LEASE_MS: '1500',
      SLIPWAY_ORPHAN_SCAN_MS: '500',
      SLIPWAY_DRIFT_INTERVAL_MS: '1000',
      ...environment,
    });
    this.executors.push(executor);
    await eventually(() => executor.has('service started'), { timeoutMs: 30_000 }).catch(() => {
      throw new Error(`the executor does not start:\n${executor.log}`);
    });
    return executor;
  }

  /** Takes what a follower of workload logs gets next, as the gateway does. */
  async takeLog(session: string): Promise<SlotLogBatch> {
    return (await this.servers.gateway.request(slotLogSubject(session), undefined, { timeout: 15_000 })).json<SlotLogBatch>();
  }

  get nats(): NatsServer {
    return this.servers.nats;
  }
  get database(): PostgresDatabase {
    return this.servers.database;
  }
  get directory(): string {
    return this.servers.directory;
  }
  get ledger(): string {
    return join(this.directory, 'ledger');
  }
  /** How many processes of each version were ever started. */
  starts(): Record<string, number> {
    const lines = existsSync(this.ledger) ? readFileSync(this.ledger, 'utf8').trim().split('\n') : [];
    const counts: Record<string, number> = {};
    for (const version of lines.map((line) => line.split(' ')[0]!)) counts[version] = (counts[version] ?? 0) + 1;
    return counts;
  }

  async say(type: ResourceType, id: string, event: NewEvent, actorId = 'ada'): Promise<Recorded> {
    const context = testContext({
      commandId: deriveId('command', String(++this.commands)),
      principal: { actorId, actorType: 'human' },
      now: new Date().toISOString(),
    });
    const ref: AggregateRef = { projectId: PROJECT, type, id };
    await this.voice.run({ type, initial: null, evolve: () => null }, ref, context, () => [event]);
    return (await this.store.head(ref))!;
  }

  /** A previewed and approved release of the sample service. */
  async approve(given: ReleaseGiven): Promise<Recorded> {
    const releaseId = deriveId('release', given.version, String(++this.commands));
    const artifact = await sampleArtifact();
    await this.blobs.put(artifact.bytes);
    const subject = subjectOf(given, artifact.digest);
    const manifest = this.runtime.render({
      projectId: PROJECT,
      serviceId: subject.service_id,
      serviceName: subject.service_name,
      slotId: subject.slot_id,
      releaseId,
      artifactDigest: artifact.digest,
      artifactVersion: given.version,
      artifactManifest: sampleManifest({ ...given, ledger: this.ledger }),
      files: {},
      connection: this.target,
      variables: subject.variables,
      strategy: resolveStrategy(subject.strategy),
    });
    await this.blobs.put(Buffer.from(canonicalJson(manifest)));
    const { deployedPosition } = await readSlot(this, PROJECT, subject.slot_id);
    const draft = draftOf(releaseId, digestOf(manifest), { slot_position: deployedPosition });
    const previewRef = digestOf(draft);
    await this.say('release', releaseId, { action: 'release.previewed', status: 'previewed', previewRef, detail: { subject, draft } });
    const approved = { automatic: true, ticket_id: null, approved_by: [], rule: 'none', slot_id: subject.slot_id };
    return this.say('release', releaseId, { action: 'release.approved', status: 'approved', detail: approved });
  }

  async requestRollback(releaseId: string, toReleaseId: string, automatic = false): Promise<Recorded> {
    const detail = {
      automatic,
      reason: 'it is slow',
      requested_by: 'ada',
      to_release_id: toReleaseId,
      to_artifact_version: 'v1',
      slot_id: slotOf(),
      approval: null,
      failed_execution_id: null,
      time_bound_s: 300,
    };
    return this.say('release', releaseId, { action: 'release.rollback_requested', status: 'rolling_back', detail });
  }

  async events(type: ResourceType, id: string): Promise<EventEnvelope[]> {
    return (await this.store.read({ projectId: PROJECT, type, id })).map(({ event }) => event);
  }
  executionOf({ event }: Recorded, act: 'apply' | 'rollback' = 'apply'): string {
    return executionId(event.resource_id, act, event.event_id);
  }
  /** The execution's last event, once it has ended. */
  end(id: string, timeoutMs = 40_000): Promise<EventEnvelope> {
    const ends = ['execution.succeeded', 'execution.failed', 'execution.abandoned'];
    return eventually(async () => (await this.events('execution', id)).find(({ action }) => ends.includes(action)), { timeoutMs });
  }
  until(type: ResourceType, id: string, action: string): Promise<EventEnvelope> {
    return eventually(async () => (await this.events(type, id)).find((event) => event.action === action), { timeoutMs: 30_000 });
  }
  async deployed(given: ReleaseGiven): Promise<{ approved: Recorded; end: EventEnvelope }> {
    const approved = await this.approve(given);
    return { approved, end: await this.end(this.executionOf(approved)) };
  }

  /** Ada, who may do everything, unless told otherwise. */
  as(who: Partial<Principal> = {}): Caller<'runtime-executor'> {
    const everywhere = { permissions: PERMISSIONS, projects: ['*'], environments: ['*'] };
    return this.servers.as({ actorId: 'ada', actorType: 'human', ...everywhere, ...who });
  }
  async call<V extends RpcVerb<'runtime-executor'>>(
    verb: V,
    body: RpcRequest<'runtime-executor', V>,
    who: Partial<Principal> = {},
    minPosition: number | null = null,
  ): Promise<RpcResponse<'runtime-executor', V>> {
    return this.as(who).call(verb, body, { minPosition: minPosition ?? (await this.store.position()) });
  }

  async stop(): Promise<void> {
    await Promise.all(this.executors.map((executor) => executor.end('SIGKILL')));
    await this.runtime.stopHost({ keepWorkloads: false });
    await this.servers.stop();
  }

  private async sayPlaces(): Promise<void> {
    await this.say('environment', ENVIRONMENT, {
      action: 'environment.created',
      status: 'active',
      environmentId: ENVIRONMENT,
      detail: { name: 'dev', title: '', type: 'development', policy: defaultPolicy('development') },
    });
    await this.say('target', TARGET, {
      action: 'target.created',
      status: 'active',
      environmentId: ENVIRONMENT,
      detail: {
        name: 'local',
        environment_id: ENVIRONMENT,
        runtime_type: 'process',
        connection: this.target,
      },
    });
  }
}
