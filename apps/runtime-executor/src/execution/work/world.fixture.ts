import { randomBytes } from 'node:crypto';
import {
  canonicalJson,
  defaultPolicy,
  deriveId,
  digestOf,
  executionId,
  SlipwayError,
  type AggregateRef,
  type Draft,
  type EventEnvelope,
  type NewEvent,
  type PinnedVariables,
  type ResourceType,
} from '@slipway/contracts';
import { CommandRunner, InMemoryEventStore, testContext, type EventStore, type Recorded } from '@slipway/event-sourcing';
import type { RuntimeTarget } from '@slipway/runtime-target';
import { CredentialStore, inMemoryBucket, SecretKeys, SecretStore } from '@slipway/secrets';
import { eventually } from '@slipway/testing';
import { TargetAccesses } from '../../runtime/target-accesses';
import { executionType, type Execution } from '../domain/execution.state';
import type { Lease, LeaseHolder, LeaseRequest, Leases, RunPorts, UnfinishedExecution } from '../run/run.ports';
import { readSlot } from '../run/slot-reading';
import { WorkRoom } from '../run/work-room';
import { draftOf, ENVIRONMENT, placeOf, PROJECT, slotOf, subjectOf } from '../../testing/drafts.fixture';
import { Executor } from './executor';
import { FakeRuntime, type Behaviour } from './fake-runtime.fixture';

const connection = { host: '127.0.0.1' as const, port_from: 4000, port_to: 4100 };

interface Waiter {
  readonly rank: string;
  readonly wake: () => void;
}

/** Leases of all executors of a world; a dead holder's run out when the spec says so. */
class FakeLeases implements Leases {
  private readonly held = new Map<string, { request: LeaseRequest; lost: AbortController; freed: Waiter[] }>();

  async acquire(request: LeaseRequest): Promise<Lease> {
    for (;;) {
      const current = this.held.get(request.key);
      if (!current) break;
      request.onWait?.({ holder: current.request.holder, reason: current.request.reason });
      request.signal.throwIfAborted();
      await new Promise<void>((resolve, reject) => {
        const aborted = (): void => reject(request.signal.reason as Error);
        const wake = (): void => {
          request.signal.removeEventListener('abort', aborted);
          resolve();
        };
        current.freed.push({ rank: request.rank ?? '', wake });
        request.signal.addEventListener('abort', aborted, { once: true });
      });
    }
    const entry = { request, lost: new AbortController(), freed: [] as Waiter[] };
    this.held.set(request.key, entry);
    return { lost: entry.lost.signal, release: async () => this.free(request.key, entry) };
  }
  async read(key: string): Promise<LeaseHolder | undefined> {
    return this.held.get(key)?.request;
  }
  /** As if nobody had heard of the holder for the lease's time. */
  expire(holder: string, tell = false): void {
    for (const [key, entry] of this.held) {
      if (entry.request.holder !== holder) continue;
      if (tell) entry.lost.abort(new Error('lease lost'));
      this.free(key, entry);
    }
  }
  private free(key: string, entry: { freed: Waiter[] }): void {
    if (this.held.get(key) === entry) this.held.delete(key);
    const waiting = entry.freed.splice(0).sort((a, b) => (a.rank < b.rank ? -1 : 1));
    waiting.forEach(({ wake }) => wake());
  }
}

export interface ReleaseGiven {
  readonly version: string;
  readonly behaviour?: Behaviour;
  readonly variables?: PinnedVariables;
  readonly service?: string;
  readonly environment?: string;
  readonly basis?: Partial<Draft['basis']>;
}

/** A log with a project in it, a target, and as many executors as a spec wants. */
export class World {
  readonly store = new InMemoryEventStore();
  readonly runner = new CommandRunner(this.store);
  /** For events of whatever type, unfolded. */
  private readonly voice = new CommandRunner(this.store);
  readonly runtime = new FakeRuntime();
  readonly leases = new FakeLeases();
  readonly blobs = new Map<string, Uint8Array>();
  /** Blobs whose store does not answer so often. */
  readonly blobsAway = new Map<string, number>();
  readonly logs: string[] = [];
  private readonly keys = SecretKeys.parse(randomBytes(32).toString('base64'));
  readonly secrets = new SecretStore(inMemoryBucket(), this.keys);
  readonly accesses = new TargetAccesses(new CredentialStore(inMemoryBucket(), this.keys));
  readonly scope = { projectId: PROJECT, environmentId: ENVIRONMENT };
  private commands = 0;
  private executors = 0;

  static async create(): Promise<World> {
    const world = new World();
    await world.addEnvironment('dev');
    return world;
  }

  async addEnvironment(name: string): Promise<void> {
    const { environment, target } = placeOf(name);
    await this.say('environment', environment, {
      action: 'environment.created',
      status: 'active',
      detail: { name, title: '', type: 'development', policy: defaultPolicy('development') },
    });
    await this.say('target', target, {
      action: 'target.created',
      status: 'active',
      detail: { name: 'local', environment_id: environment, runtime_type: 'process', connection },
    });
  }

  /** Appends an event as whichever service owns it. */
  async say(type: ResourceType, id: string, event: NewEvent, actorId = 'ada'): Promise<Recorded> {
    const ref = { projectId: PROJECT, type, id };
    const context = testContext({ commandId: deriveId('command', String(++this.commands)), principal: { actorId, actorType: 'human' } });
    await this.voice.run({ type, initial: null, evolve: () => null }, ref, context, () => [event]);
    return (await this.store.head(ref))!;
  }

  /** A previewed and approved release; answers with the approval, which is what executors get. */
  async approve(given: ReleaseGiven): Promise<Recorded> {
    const releaseId = deriveId('release', given.version, String(this.commands));
    const subject = subjectOf(given, digestOf(given.version));
    this.runtime.behaviours.set(given.version, given.behaviour ?? {});
    const manifest = { runtime: 'fake', version: given.version };
    this.blobs.set(digestOf(manifest), Buffer.from(canonicalJson(manifest)));
    const { deployedPosition } = await readSlot(this, PROJECT, subject.slot_id);
    const draft = draftOf(releaseId, digestOf(manifest), { slot_position: deployedPosition, ...given.basis });
    const previewRef = digestOf(draft);
    await this.say('release', releaseId, { action: 'release.previewed', status: 'previewed', previewRef, detail: { subject, draft } });
    const approved = { automatic: true, ticket_id: null, approved_by: [], rule: 'none', slot_id: subject.slot_id };
    return this.say('release', releaseId, { action: 'release.approved', status: 'approved', detail: approved });
  }

  async requestRollback(releaseId: string, toReleaseId: string, automatic: boolean): Promise<Recorded> {
    const detail = {
      automatic,
      reason: automatic ? null : 'it is slow',
      requested_by: 'ada',
      to_release_id: toReleaseId,
      to_artifact_version: 'v1',
      slot_id: this.slotOf(),
      approval: null,
      failed_execution_id: null,
      time_bound_s: 300,
    };
    return this.say('release', releaseId, { action: 'release.rollback_requested', status: 'rolling_back', detail });
  }

  slotOf(service?: string): string {
    return slotOf(service);
  }

  /** Claims the release's work and waits for the end of its execution. */
  async deployed(given: ReleaseGiven): Promise<{ approved: Recorded; id: string; end: EventEnvelope }> {
    const approved = await this.approve(given);
    const id = executionId(approved.event.resource_id, 'apply', approved.event.event_id);
    await this.executor().take(approved);
    return { approved, id, end: await this.endOf(id) };
  }
  endOf(id: string): Promise<EventEnvelope> {
    return eventually(async () => {
      const last = (await this.eventsOf('execution', id)).at(-1);
      return last && ['execution.succeeded', 'execution.failed', 'execution.abandoned'].includes(last.action) ? last : undefined;
    });
  }

  executor(
    seams: { store?: (store: EventStore) => EventStore; runtime?: (runtime: RuntimeTarget) => RuntimeTarget; places?: number } = {},
  ): Executor & { id: string } {
    const executorId = `executor-${++this.executors}`;
    const store = seams.store?.(this.store) ?? this.store;
    const ports: RunPorts = {
      store,
      runner: new CommandRunner(store),
      clock: { now: () => '2026-01-01T00:00:00.000Z' },
      leases: this.leases,
      blobs: { get: async (digest) => this.blob(digest) },
      secrets: this.secrets,
      accesses: this.accesses,
      runtimes: new Map([['process', seams.runtime?.(this.runtime) ?? this.runtime]]),
      unfinished: { startedIn: (environmentId) => this.unfinished(environmentId) },
      logs: { publish: (_run, { step, line }) => this.logs.push(`${step}: ${line}`) },
      meter: { step: () => undefined, left: () => undefined },
      logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
      executorId,
      leaseTtlMs: 1000,
      room: new WorkRoom(seams.places ?? 64),
      patience: { forwardMs: 1_000, backMs: 1_500 },
    };
    return Object.assign(new Executor(ports), { id: executorId });
  }

  async eventsOf(type: ResourceType, id: string): Promise<Recorded['event'][]> {
    return (await this.store.read({ projectId: PROJECT, type, id })).map(({ event }) => event);
  }
  async actionsOf(type: ResourceType, id: string): Promise<string[]> {
    return (await this.eventsOf(type, id)).map(({ action }) => action.slice(type.length + 1));
  }
  async execution(id: string): Promise<Execution> {
    return (await this.runner.load(executionType, this.ref(id))).state;
  }
  ref(id: string): AggregateRef {
    return { projectId: PROJECT, type: 'execution', id };
  }

  async unfinished(environmentId: string): Promise<UnfinishedExecution[]> {
    const ids = new Set((await this.all()).filter(({ resource_type: type }) => type === 'execution').map(({ resource_id: id }) => id));
    const found: UnfinishedExecution[] = [];
    for (const id of ids) {
      const state = await this.execution(id);
      if ((state.phase !== 'running' && state.phase !== 'paused') || state.environmentId !== environmentId) continue;
      found.push({ executionId: id, projectId: PROJECT, releaseId: state.releaseId, slotId: state.slotId, status: state.phase });
    }
    return found;
  }

  async all(): Promise<Recorded['event'][]> {
    const events: Recorded['event'][] = [];
    for await (const batch of this.store.subscribe({ after: 0, subjects: [] })) {
      events.push(...batch.events.map(({ event }) => event));
      if (batch.caughtUp) break;
    }
    return events;
  }

  private async *blobChunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
    yield bytes;
  }
  private blob(digest: string): AsyncIterable<Uint8Array> {
    const away = this.blobsAway.get(digest) ?? 0;
    this.blobsAway.set(digest, away - 1);
    if (away > 0) throw new SlipwayError('dependency_unavailable', 'The blob store is away.');
    const bytes = this.blobs.get(digest);
    if (!bytes) throw new Error(`no blob ${digest}`);
    return this.blobChunks(bytes);
  }
}
