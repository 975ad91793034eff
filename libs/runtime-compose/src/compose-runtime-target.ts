import type {
  Change,
  ChangeInput,
  ConnectionReport,
  Diagnosis,
  DriftFinding,
  FollowLogsOptions,
  NetworkPolicy,
  Observation,
  PlanInput,
  RenderedManifest,
  RenderInput,
  RuntimePlan,
  RuntimeTarget,
  Step,
  StepContext,
  TargetAccess,
  TrafficMetrics,
  VerificationCheck,
  WorkloadLogLine,
} from '@slipway/runtime-target';
import { metricWatches, removeRelease, settleChange, strategySteps, taskSteps, wayBackSteps } from '@slipway/runtime-target';
import { SshPool } from '@slipway/ssh';
import { askThrough } from './look/ask-through';
import { checkConnection } from './look/check-connection';
import { diagnoseSlot } from './look/diagnose';
import { findDrift } from './look/drift';
import { followSlotLogs } from './look/follow-logs';
import { observationOf } from './look/observe';
import { verifyRelease } from './look/verify';
import { watchEvents } from './look/watch';
import { asComposeManifest, movedScale, patienceOf } from './manifest/compose-manifest';
import { renderManifest } from './manifest/render-manifest';
import { planChange } from './plan/plan';
import { TrafficCount } from './proxy/traffic';
import { ComposePlaces } from './slot/compose-place';
import { ComposeSlot } from './slot/compose-slot';
import { SlotNames } from './slot/slot-names';
import { readSlotStatus, type ComposeSlotStatus } from './slot/slot-status';
import { runTask } from './steps/run-task';

export interface ComposeRuntimeOptions {
  readonly network: NetworkPolicy;
  readonly logger?: { warn(fields: Record<string, unknown>, message: string): void };
}

/**
 * The `compose` runtime: releases run as Docker Compose projects of a host that is reached over SSH, behind a proxy on a stable
 * port per slot. Nothing of it is kept here but connections: the slot's state is at the host, and what the engine and the proxy show.
 */
export class ComposeRuntimeTarget implements RuntimeTarget {
  readonly runtimeType = 'compose';
  private readonly pool: SshPool;
  private readonly places: ComposePlaces;

  constructor(private readonly options: ComposeRuntimeOptions) {
    this.pool = new SshPool(options.network);
    this.places = new ComposePlaces(this.pool);
  }

  async close(): Promise<void> {
    this.places.close();
    await this.pool.close();
  }

  checkConnection(access: TargetAccess): Promise<ConnectionReport> {
    return checkConnection(this.places, this.options.network, access);
  }

  render(input: RenderInput): RenderedManifest {
    return { ...renderManifest(input) };
  }

  async observe(access: TargetAccess, slotId: string): Promise<Observation> {
    const { connection } = this.places.of(access);
    return observationOf(slotId, connection, await this.status(access, slotId), new Date().toISOString());
  }

  async plan(input: PlanInput): Promise<RuntimePlan> {
    const { observation } = input;
    if (observation.releaseId === null || !observation.manifest) return planChange(input, []);
    const running: ChangeInput = {
      ...input,
      releaseId: observation.releaseId,
      manifest: observation.manifest,
      manifestDigest: observation.manifestDigest ?? '',
      artifactDigest: observation.artifactDigest ?? '',
    };
    return planChange(input, [...new Set((await this.drift(running)).map(({ what }) => what))]);
  }

  deploySteps(input: ChangeInput): readonly Step[] {
    const manifest = asComposeManifest(input.manifest);
    const watches = metricWatches(this.options.network);
    const update = strategySteps(input.strategy, movedScale(manifest), this.changeOf(input), watches, 'Make the slot ready at the host');
    return [...this.tasks(input, 'before', 'apply'), ...update, ...this.tasks(input, 'after', 'apply')];
  }

  restoreSteps(input: ChangeInput): readonly Step[] {
    return [...this.tasks(input, 'before', 'rollback'), ...wayBackSteps(this.changeOf(input)), ...this.tasks(input, 'after', 'rollback')];
  }

  verify(input: ChangeInput, context: Pick<StepContext, 'signal' | 'log'>): Promise<readonly VerificationCheck[]> {
    const { host, connection } = this.places.of(input.access);
    const requests = new TrafficCount(host, new SlotNames(connection, input.slotId));
    let port: number | null = null;
    const status = async (): Promise<ComposeSlotStatus | null> => {
      const seen = await this.status(input.access, input.slotId);
      port = seen?.port ?? null;
      return seen;
    };
    return verifyRelease({
      input,
      manifest: asComposeManifest(input.manifest),
      context,
      status,
      traffic: (seen) => requests.read(seen),
      ask: async (path) => askThrough(await host.connection(), port ?? 0, path, context.signal),
    });
  }

  settle(input: ChangeInput, context: StepContext): Promise<void> {
    return settleChange(this.slot(input.access, input.slotId, context, 'settle'), input, context);
  }

  remove(access: TargetAccess, slotId: string, releaseId: string, context: StepContext): Promise<void> {
    return removeRelease(this.slot(access, slotId, context, 'remove'), releaseId, context);
  }

  async drift(input: ChangeInput): Promise<readonly DriftFinding[]> {
    return findDrift(await this.status(input.access, input.slotId), input, asComposeManifest(input.manifest));
  }

  watch(access: TargetAccess, onChange: (slotId: string, findings: readonly DriftFinding[]) => void): () => void {
    const { engine, streams } = this.places.of(access);
    return watchEvents({
      engine,
      streams,
      wholeness: (slotId) => this.wholeness(access, slotId),
      onChange,
      onError: (error) => this.options.logger?.warn({ err: error }, 'watching a Docker host failed; trying again'),
    });
  }

  async metrics(access: TargetAccess, slotId: string): Promise<readonly TrafficMetrics[]> {
    const { host, connection } = this.places.of(access);
    const status = await this.status(access, slotId);
    return status ? new TrafficCount(host, new SlotNames(connection, slotId)).read(status) : [];
  }

  async diagnose(access: TargetAccess, slotId: string, releaseId?: string): Promise<Diagnosis> {
    return diagnoseSlot(this.places.of(access).engine, slotId, await this.status(access, slotId), releaseId);
  }

  followLogs(access: TargetAccess, slotId: string, options: FollowLogsOptions, signal: AbortSignal): AsyncIterable<WorkloadLogLine> {
    const containers = async () => (await this.status(access, slotId))?.containers ?? [];
    return followSlotLogs({ engine: this.places.of(access).streams, containers }, options, signal);
  }

  private status(access: TargetAccess, slotId: string): Promise<ComposeSlotStatus | null> {
    const { host, engine, connection } = this.places.of(access);
    return readSlotStatus(host, engine, connection, new SlotNames(connection, slotId), slotId);
  }

  private slot(access: TargetAccess, slotId: string, context: StepContext, step: string, input?: ChangeInput): ComposeSlot {
    return new ComposeSlot(this.places.of(access), slotId, { context, step }, input);
  }

  private changeOf(input: ChangeInput): (context: StepContext, step: string) => Change {
    const manifest = asComposeManifest(input.manifest);
    const shape = { full: movedScale(manifest), serving: manifest.serving?.service, patienceMs: patienceOf(manifest) };
    return (context, step) => ({ input, shape, context, slot: this.slot(input.access, input.slotId, context, step, input) });
  }

  private tasks(input: ChangeInput, when: 'before' | 'after', act: 'apply' | 'rollback'): readonly Step[] {
    const { tasks } = asComposeManifest(input.manifest).application;
    return taskSteps(tasks, when, act, {
      ledger: true,
      run: (task, context) => runTask(this.places.of(input.access), input, task, context),
    });
  }

  /** Whether the release that owns the slot is as it should be. */
  private async wholeness(access: TargetAccess, slotId: string): Promise<'not-ours' | 'whole' | 'wanting'> {
    const status = await this.status(access, slotId);
    if (!status || status.state.slot_id !== slotId) return 'not-ours';
    const release = status.releases.find(({ releaseId }) => releaseId === status.current);
    if (!release) return 'wanting';
    const { manifest, artifact_digest: artifactDigest, manifest_digest: manifestDigest } = release.file;
    const input = {
      access,
      slotId,
      releaseId: release.releaseId,
      manifest: { ...manifest },
      manifestDigest,
      artifactDigest,
      strategy: { type: 'rolling' as const, batch_size: 1 },
    };
    const whole =
      findDrift(status, input, manifest).length === 0 &&
      status.replicas.every(({ releaseId, ready }) => releaseId !== release.releaseId || ready);
    return whole ? 'whole' : 'wanting';
  }
}
