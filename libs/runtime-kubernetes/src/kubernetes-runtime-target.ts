import { isSlipwayError } from '@slipway/contracts';
import {
  metricWatches,
  taskSteps,
  type ChangeInput,
  type ConnectionReport,
  type Diagnosis,
  type DriftFinding,
  type FollowLogsOptions,
  type MetricWatchOf,
  type NetworkPolicy,
  type Observation,
  type PlanInput,
  type RenderedManifest,
  type RenderInput,
  type RuntimePlan,
  type RuntimeTarget,
  type Step,
  type StepContext,
  type TargetAccess,
  type TrafficMetrics,
  type VerificationCheck,
  type WorkloadLogLine,
} from '@slipway/runtime-target';
import { ClientPool } from './api/client-pool';
import type { KubeClient } from './api/kube-client';
import { KubeApiError, toSlipwayError } from './api/kube-errors';
import { checkConnection } from './look/check-connection';
import { diagnose } from './look/diagnose';
import { findDrift } from './look/drift';
import { followLogs } from './look/follow-logs';
import { probeSlot } from './look/probe-slot';
import { SlotWatch } from './look/slot-watch';
import { verifyRelease } from './look/verify';
import { planChange } from './plan/plan';
import { asKubernetesManifest, renderManifest } from './render/manifest';
import { retireDue } from './slot/retirement';
import { SlotReader } from './slot/slot-reader';
import { blueGreenSteps } from './steps/blue-green';
import { canarySteps } from './steps/canary';
import { changeOf, type ChangeOf } from './steps/change';
import { removeRelease } from './steps/remove';
import { restoreSteps } from './steps/restore';
import { rollingSteps } from './steps/rolling';
import { runTask } from './steps/run-task';
import { settleChange } from './steps/settle';

export interface KubernetesRuntimeOptions {
  readonly network: NetworkPolicy;
  readonly logger?: { warn(fields: Record<string, unknown>, message: string): void };
}

/**
 * The `k8s` runtime: a release is Deployments of its own in the target's namespace, and the slot's Services choose by their selector
 * which release gets the traffic. Every write is fenced (see `FencedSlot`). Nothing of ours runs in the cluster.
 */
export class KubernetesRuntimeTarget implements RuntimeTarget {
  readonly runtimeType = 'k8s';
  private readonly pool: ClientPool;
  private readonly watches = new Set<SlotWatch>();

  constructor(private readonly options: KubernetesRuntimeOptions) {
    this.pool = new ClientPool(options.network);
  }

  checkConnection(access: TargetAccess): Promise<ConnectionReport> {
    return checkConnection(() => this.pool.of(access));
  }

  render(input: RenderInput): RenderedManifest {
    return { ...renderManifest(input) };
  }

  observe(access: TargetAccess, slotId: string): Promise<Observation> {
    return this.asked(access, 'observe the slot', (client) => new SlotReader(client, slotId).observe(new Date().toISOString()));
  }

  plan(input: PlanInput): Promise<RuntimePlan> {
    return this.asked(input.access, 'plan', (client) => planChange(client, input));
  }

  deploySteps(input: ChangeInput): readonly Step[] {
    const change = this.changeOf(input);
    const [prepare, ...update] = strategySteps(input, change, metricWatches(this.options.network));
    return [prepare!, ...this.tasks(input, change, 'before', 'apply'), ...update, ...this.tasks(input, change, 'after', 'apply')];
  }

  restoreSteps(input: ChangeInput): readonly Step[] {
    const change = this.changeOf(input);
    return [...this.tasks(input, change, 'before', 'rollback'), ...restoreSteps(change), ...this.tasks(input, change, 'after', 'rollback')];
  }

  verify(input: ChangeInput, context: Pick<StepContext, 'signal' | 'log'>): Promise<readonly VerificationCheck[]> {
    return this.asked(input.access, 'verify the release', (client) => verifyRelease(client, input, context));
  }

  settle(input: ChangeInput, context: StepContext): Promise<void> {
    return this.asked(input.access, 'settle the change', async (client) => {
      await settleChange(client, input, context, () => Date.now());
      if (input.strategy.type === 'blue-green') this.retireLater(client, input.slotId, input.strategy.keep_previous_ms);
    });
  }

  remove(access: TargetAccess, slotId: string, releaseId: string, context: StepContext): Promise<void> {
    return this.asked(access, 'remove the release', (client) => removeRelease(client, slotId, releaseId, context));
  }

  drift(input: ChangeInput): Promise<readonly DriftFinding[]> {
    return this.asked(input.access, 'look for drift', (client) => findDrift(client, input));
  }

  watch(access: TargetAccess, onChange: (slotId: string, findings: readonly DriftFinding[]) => void): () => void {
    const watch = new SlotWatch({ clientOf: () => this.pool.of(access), onChange, onError: (error) => this.warn(error) });
    this.watches.add(watch);
    watch.start();
    return () => {
      watch.stop();
      this.watches.delete(watch);
    };
  }

  metrics(access: TargetAccess, slotId: string): Promise<readonly TrafficMetrics[]> {
    return this.asked(access, 'measure the slot', (client) => probeSlot(client, slotId));
  }

  diagnose(access: TargetAccess, slotId: string, releaseId?: string): Promise<Diagnosis> {
    return this.asked(access, 'diagnose the slot', (client) => diagnose(client, slotId, releaseId));
  }

  async *followLogs(
    access: TargetAccess,
    slotId: string,
    options: FollowLogsOptions,
    signal: AbortSignal,
  ): AsyncGenerator<WorkloadLogLine> {
    try {
      yield* followLogs(await this.pool.of(access), slotId, options, signal);
    } catch (error) {
      if (!signal.aborted) throw error instanceof KubeApiError ? toSlipwayError(error, 'read the logs') : error;
    }
  }

  /** Ends watches and connections; what runs goes on running. */
  close(): Promise<void> {
    for (const watch of this.watches) watch.stop();
    this.watches.clear();
    this.pool.close();
    return Promise.resolve();
  }

  private changeOf(input: ChangeInput): ChangeOf {
    return changeOf(input, () => this.pool.of(input.access));
  }

  private tasks(input: ChangeInput, change: ChangeOf, when: 'before' | 'after', act: 'apply' | 'rollback'): readonly Step[] {
    return taskSteps(asKubernetesManifest(input.manifest).tasks, when, act, { ledger: true, run: runTask(change) });
  }

  /** Whoever settled it lets it go; after a restart the watch of the target does. */
  private retireLater(client: KubeClient, slotId: string, afterMs: number): void {
    const retire = (): void => void retireDue(client, slotId, Date.now()).catch((error: unknown) => this.warn(error));
    setTimeout(retire, afterMs + 50).unref();
  }

  private async asked<T>(access: TargetAccess, what: string, body: (client: KubeClient) => Promise<T>): Promise<T> {
    try {
      return await body(await this.pool.of(access));
    } catch (error) {
      throw error instanceof KubeApiError ? toSlipwayError(error, what) : error;
    }
  }

  private warn(error: unknown): void {
    if (isSlipwayError(error) && error.code === 'dependency_unavailable') return;
    this.options.logger?.warn({ err: error }, 'watching a Kubernetes target failed; trying again');
  }
}

function strategySteps(input: ChangeInput, change: ChangeOf, watches: MetricWatchOf): readonly Step[] {
  switch (input.strategy.type) {
    case 'rolling':
      return rollingSteps(asKubernetesManifest(input.manifest), input.strategy.batch_size, change);
    case 'blue-green':
      return blueGreenSteps(change);
    case 'canary':
      return canarySteps(input.strategy, change, watches);
  }
}
