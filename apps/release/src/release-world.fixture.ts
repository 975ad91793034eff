import {
  deriveId,
  digestOf,
  environmentId,
  executionId,
  isSlipwayError,
  NONE,
  rpcSubject,
  targetId,
  unknownResource,
  type AggregateRef,
  type Check,
  type EnvironmentPolicy,
  type EnvironmentType,
  type EventEnvelope,
  type NewEvent,
  type NewExecutionEvent,
  type NewSlotEvent,
  type Outcome,
  type PlanRelease,
  type PlannedAction,
  type ReleaseView,
  type RpcReply,
} from '@slipway/contracts';
import { defaultPolicy } from '@slipway/contracts';
import { CommandRunner, testContext, type AggregateType } from '@slipway/event-sourcing';
import { JetStreamEventStore } from '@slipway/event-store-jetstream';
import type { NatsConnection } from '@nats-io/transport-node';

/** Writes the events of other services, as those services, one command per call. */
export class OtherServices {
  private commands = 0;
  private readonly runners: Readonly<Record<'provisioning' | 'executor' | 'inbox', CommandRunner>>;

  constructor(connections: Readonly<Record<'provisioning' | 'executor' | 'inbox', NatsConnection>>) {
    const runner = (connection: NatsConnection) => new CommandRunner(new JetStreamEventStore(connection));
    this.runners = {
      provisioning: runner(connections.provisioning),
      executor: runner(connections.executor),
      inbox: runner(connections.inbox),
    };
  }

  async project(projectId: string): Promise<void> {
    const detail = { name: projectId, title: projectId, team_id: NONE };
    await this.write(
      'provisioning',
      { projectId, type: 'project', id: projectId },
      { action: 'project.created', status: 'active', detail },
    );
  }

  /** @returns its id. */
  async environment(projectId: string, name: string, type: EnvironmentType, policy: Partial<EnvironmentPolicy> = {}): Promise<string> {
    const id = environmentId(projectId, name);
    const detail = { name, title: name, type, policy: { ...defaultPolicy(type), ...policy } };
    await this.write(
      'provisioning',
      { projectId, type: 'environment', id },
      { action: 'environment.created', status: 'active', detail, environmentId: id },
    );
    return id;
  }

  changePolicy(projectId: string, id: string, policy: EnvironmentPolicy): Promise<void> {
    const event = { action: 'environment.policy_changed', status: 'active', detail: { policy, reason: 'spec' }, environmentId: id };
    return this.write('provisioning', { projectId, type: 'environment', id }, event);
  }

  rename(projectId: string, id: string, title: string): Promise<void> {
    const event = { action: 'environment.updated', status: 'active', detail: { title }, environmentId: id };
    return this.write('provisioning', { projectId, type: 'environment', id }, event);
  }

  async target(projectId: string, environment: string, name: string): Promise<string> {
    const id = targetId(environment, name);
    const connection = { host: '127.0.0.1', port_from: 20_000, port_to: 29_999 };
    const detail = { name, environment_id: environment, runtime_type: 'process', connection };
    await this.write(
      'provisioning',
      { projectId, type: 'target', id },
      { action: 'target.created', status: 'active', detail, environmentId: environment },
    );
    return id;
  }

  deleteTarget(projectId: string, environment: string, id: string): Promise<void> {
    const event = { action: 'target.deleted', status: 'deleted', detail: { reason: 'spec' }, environmentId: environment };
    return this.write('provisioning', { projectId, type: 'target', id }, event);
  }

  approval(view: Pick<ReleaseView, 'approval_ticket' | 'project_id'>, event: NewEvent): Promise<void> {
    return this.write('inbox', { projectId: view.project_id, type: 'approval', id: view.approval_ticket! }, event);
  }

  execution(view: ReleaseView, id: string, ...events: NewExecutionEvent[]): Promise<void> {
    return this.write('executor', { projectId: view.project_id, type: 'execution', id }, ...events);
  }

  slot(view: ReleaseView, event: NewSlotEvent): Promise<void> {
    const at = { environmentId: view.environment_id, ...event };
    return this.write('executor', { projectId: view.project_id, type: 'slot', id: view.slot_id }, at);
  }

  private async write(by: keyof OtherServices['runners'], ref: AggregateRef, ...events: NewEvent[]): Promise<void> {
    const context = testContext({ commandId: deriveId('command', by, String(++this.commands)), now: new Date().toISOString() });
    for (const [index, event] of events.entries()) {
      const commandId = deriveId('command', context.commandId, String(index));
      await this.runners[by].run(anyType(ref.type), ref, { ...context, commandId }, () => [event]);
    }
  }
}

const anyType = (type: AggregateRef['type']): AggregateType<null, EventEnvelope> => ({ type, initial: null, evolve: () => null });

/** What the stand-in executor answers; a spec changes it. */
export interface Plan {
  actions: PlannedAction[];
  checks: Check[];
  secretVersion: number;
}

/**
 * Stands in for runtime-executor: answers its RPC, and records what a real execution would. Touches nothing.
 */
export class StandInExecutor {
  readonly plan: Plan = { actions: [], checks: [{ name: 'connection', result: 'pass', message: 'reachable' }], secretVersion: 1 };
  /** Every request it got, as text. */
  readonly requests: string[] = [];

  constructor(
    connection: NatsConnection,
    private readonly others: OtherServices,
  ) {
    this.answer(connection, 'plan-release', (request: PlanRelease) => this.planOf(request));
    this.answer(connection, 'pin-secret', ({ name }: { name: string }) => this.pinOf(name));
    this.answer(connection, 'seal-secret', ({ value }: { value: string }) => ({
      secret_ref: deriveId('secret', value),
      version: 1,
      fingerprint: digestOf(value).slice(7, 27),
    }));
  }

  /** As far as `verifying`. @returns the execution's id. */
  async start(view: ReleaseView, act: 'apply' | 'rollback' = 'apply'): Promise<string> {
    const id = executionId(view.release_id, act, String(view.version));
    const to = act === 'apply' ? view.release_id : view.rollback!.to_release_id;
    const of = { release_id: view.release_id, act };
    const claimed = { ...of, to_release_id: to, slot_id: view.slot_id, target_id: view.target_id, executor_id: 'stand-in', attempt: 1 };
    await this.others.execution(
      view,
      id,
      { action: 'execution.claimed', status: 'claimed', detail: { ...claimed, cause_event_id: deriveId('event', id) } },
      { action: 'execution.started', status: 'running', detail: { ...of, fence: 1, lock: 'none', steps: [], run_id: id } },
      { action: 'execution.verifying', status: 'verifying', detail: { release_id: view.release_id } },
    );
    return id;
  }

  async succeed(view: ReleaseView): Promise<void> {
    const id = await this.start(view);
    await this.others.slot(view, {
      action: 'slot.deployed',
      status: 'serving',
      detail: { ...deployment(view, id, view.release_id), previous_release_id: null },
    });
    await this.end(view, id, 'apply', view.release_id);
  }

  /** A rollback, with the hold that a person's brings. @param to whose content comes back; without it, that of `view` */
  async restore(view: ReleaseView, to = view): Promise<void> {
    const id = await this.start(view, 'rollback');
    const rollback = view.rollback!;
    const hold = rollback.automatic ? null : { reason: rollback.reason ?? '', by: rollback.requested_by, since: rollback.requested_at };
    const detail = {
      ...deployment(view, id, rollback.to_release_id),
      artifact_version: rollback.to_artifact_version,
      artifact_digest: to.artifact_digest,
      from_release_id: view.release_id,
      hold,
    };
    await this.others.slot(view, { action: 'slot.restored', status: 'serving', detail });
    await this.end(view, id, 'rollback', rollback.to_release_id);
  }

  /** @param restored whether the slot serves what it served before, or nothing if it was empty */
  async fail(view: ReleaseView, outcome: Exclude<Outcome, 'succeeded'>, restored = true): Promise<void> {
    const id = await this.start(view);
    const diagnostics = { summary: 'the health check failed', step: 'verify', outcome, payload: { status: 500, restored } };
    const detail = { release_id: view.release_id, act: 'apply' as const, slot_id: view.slot_id, outcome, diagnostics, restored };
    await this.others.execution(view, id, { action: 'execution.failed', status: 'failed', detail });
  }

  pause(view: ReleaseView, id: string): Promise<void> {
    const detail = { release_id: view.release_id, step: 'canary-10', ordinal: 1, title: 'Canary', why: 'too few requests', observed: {} };
    return this.others.execution(view, id, { action: 'execution.paused', status: 'paused', detail });
  }

  private end(view: ReleaseView, id: string, act: 'apply' | 'rollback', to: string): Promise<void> {
    const detail = {
      release_id: view.release_id,
      act,
      to_release_id: to,
      slot_id: view.slot_id,
      observed_digest: view.artifact_digest,
      changed: true,
    };
    return this.others.execution(view, id, {
      action: 'execution.succeeded',
      status: 'succeeded',
      detail: { ...detail, url: 'http://127.0.0.1:20000', duration_ms: 5, checks: [] },
    });
  }

  private pinOf(name: string) {
    if (name === 'missing') throw unknownResource('secret', name);
    return { secret_ref: name, version: this.plan.secretVersion, fingerprint: `v${this.plan.secretVersion}` };
  }

  private planOf({ subject }: PlanRelease) {
    const manifest = { runtime: 'stand-in', artifact: subject.artifact_digest, variables: subject.variables };
    return { manifest, actions: this.plan.actions, diff: [], diff_truncated: false, checks: this.plan.checks, risk_reasons: [] };
  }

  private answer<Q>(connection: NatsConnection, verb: string, answer: (request: Q) => unknown): void {
    connection.subscribe(rpcSubject('runtime-executor', verb), {
      queue: 'stand-in',
      callback: (error, message) => {
        if (error) throw error;
        this.requests.push(`${verb} ${message.string()}`);
        message.respond(JSON.stringify(replyTo(() => answer(message.json<Q>()))));
      },
    });
  }
}

function replyTo(answer: () => unknown): RpcReply<unknown> {
  try {
    return { ok: true, value: answer(), position: null };
  } catch (error) {
    if (!isSlipwayError(error)) throw error;
    return { ok: false, error: error.toWire() };
  }
}

const deployment = (view: ReleaseView, execution: string, releaseId: string) => ({
  release_id: releaseId,
  execution_id: execution,
  fence: 1,
  service_id: view.service_id,
  service_name: view.service_name,
  target_id: view.target_id,
  artifact_id: view.artifact_id,
  artifact_version: view.artifact_version,
  artifact_digest: view.artifact_digest,
  manifest_digest: digestOf(releaseId),
  url: 'http://127.0.0.1:20000',
});
