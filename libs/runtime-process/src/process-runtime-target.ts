import { createHash } from 'node:crypto';
import type {
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
import {
  metricWatches,
  prepareStep,
  removeRelease,
  settleChange,
  strategySteps,
  wayBackSteps,
  type ChangeOf,
} from '@slipway/runtime-target';
import { processConnection } from './access';
import { checkConnection } from './check-connection';
import { HostClient } from './client/host-client';
import { SlotClient } from './client/slot-client';
import { defaultHostEntry } from './client/start-host';
import { findDrift } from './drift';
import { hostPaths } from './host-paths';
import { asProcessManifest, renderManifest } from './manifest';
import { metricsOf, observationOf } from './observe';
import { diagnoseSlot } from './diagnose';
import { planChange } from './plan/plan';
import type { HostHealth } from './protocol';
import { ProcessSlot } from './slot/process-slot';
import { shapeOf } from './slot/standing';
import { tasksOf, type ProcessChange } from './slot/tasks';
import { verifyRelease } from './verify';
import { followWorkloadLogs } from './workload-log-stream';
import { watchJournal } from './watch';

export interface ProcessRuntimeOptions {
  /** Directory that the host of this machine owns alone; created when missing. */
  readonly dataDir: string;
  /** Where a canary's metrics may be asked for; default: anywhere, for who runs it for himself. */
  readonly network?: NetworkPolicy;
  /** Node that runs the host, and that workloads find as `node`; default: the one that runs this. */
  readonly nodeBinary?: string;
  readonly logger?: { warn(fields: Record<string, unknown>, message: string): void };
  /** The host's program; default: the one built with this library. */
  readonly hostEntry?: string;
}

const ANYWHERE: NetworkPolicy = { resolve: (host) => Promise.resolve(host) };
const LAST_LINES_MS = 10_000;
const PREPARATION = 'Unpack the artifact and make the slot ready';

/**
 * The `process` runtime: artifacts run as supervised processes on this machine, behind a router on a stable port per slot. The
 * work is done by one host process per data directory, which this class starts when needed and which outlives it.
 */
export class ProcessRuntimeTarget implements RuntimeTarget {
  readonly runtimeType = 'process';
  private readonly host: HostClient;

  constructor(private readonly options: ProcessRuntimeOptions) {
    this.host = new HostClient({
      paths: hostPaths(options.dataDir),
      nodeBinary: options.nodeBinary ?? process.execPath,
      entry: options.hostEntry ?? defaultHostEntry(),
    });
  }

  /** Starts the host unless one runs; what it should run starts with it. */
  ensureHost(): Promise<HostHealth> {
    return this.host.ensureHost();
  }

  /** Ends the host, if one runs, and returns when it is gone. Replicas go on running (and are adopted by the next host), or stop and come back with it. */
  async stopHost({ keepWorkloads }: { keepWorkloads: boolean }): Promise<void> {
    await this.host.shutdown(keepWorkloads);
    this.host.close();
  }

  checkConnection(access: TargetAccess): Promise<ConnectionReport> {
    return checkConnection(processConnection(access), this.host);
  }

  render(input: RenderInput): RenderedManifest {
    return { ...renderManifest(input) };
  }

  async observe(_access: TargetAccess, slotId: string): Promise<Observation> {
    return observationOf(slotId, await this.slot(slotId).status(), new Date().toISOString());
  }

  async plan(input: PlanInput): Promise<RuntimePlan> {
    return planChange(input);
  }

  deploySteps(input: ChangeInput): readonly Step[] {
    const change = this.changeOf(input);
    const { full } = shapeOf(asProcessManifest(input.manifest));
    const watches = metricWatches(this.options.network ?? ANYWHERE);
    const [prepare, ...rest] = strategySteps(input.strategy, full, change, watches, PREPARATION);
    return [prepare!, ...tasksOf(input, 'before', 'apply', change), ...rest, ...tasksOf(input, 'after', 'apply', change)];
  }

  restoreSteps(input: ChangeInput): readonly Step[] {
    const change = this.changeOf(input);
    const before = tasksOf(input, 'before', 'rollback', change);
    const prepared = before.length > 0 ? [prepareStep(change, PREPARATION), ...before] : [];
    return [...prepared, ...wayBackSteps(change), ...tasksOf(input, 'after', 'rollback', change)];
  }

  verify(input: ChangeInput, context: Pick<StepContext, 'signal' | 'log'>): Promise<readonly VerificationCheck[]> {
    return verifyRelease(this.slot(input.slotId), input, context);
  }

  settle(input: ChangeInput, context: StepContext): Promise<void> {
    return settleChange(this.controlOf(input.slotId, context), input, context);
  }

  remove(_access: TargetAccess, slotId: string, releaseId: string, context: StepContext): Promise<void> {
    return removeRelease(this.controlOf(slotId, context), releaseId, context);
  }

  drift(input: ChangeInput): Promise<readonly DriftFinding[]> {
    return findDrift(this.slot(input.slotId), input);
  }

  watch(access: TargetAccess, onChange: (slotId: string, findings: readonly DriftFinding[]) => void): () => void {
    const connection = processConnection(access);
    return watchJournal({
      host: this.host,
      reader: createHash('sha256')
        .update(JSON.stringify([connection.host, connection.port_from, connection.port_to]))
        .digest('hex')
        .slice(0, 16),
      connection,
      slotOf: (slotId) => this.slot(slotId),
      onChange,
      onError: (error) => this.options.logger?.warn({ err: error }, 'watching the process runtime failed; trying again'),
    });
  }

  async metrics(_access: TargetAccess, slotId: string): Promise<readonly TrafficMetrics[]> {
    return (await this.slot(slotId).metrics()).map(metricsOf);
  }

  diagnose(_access: TargetAccess, slotId: string, releaseId?: string): Promise<Diagnosis> {
    return diagnoseSlot({ host: this.host, slot: this.slot(slotId), lastLines: (of) => this.lastLines(slotId, of) }, releaseId);
  }

  followLogs(_access: TargetAccess, slotId: string, options: FollowLogsOptions, signal: AbortSignal): AsyncIterable<WorkloadLogLine> {
    return followWorkloadLogs(this.host, slotId, options, signal);
  }

  private async lastLines(slotId: string, releaseId: string): Promise<readonly WorkloadLogLine[]> {
    const lines: WorkloadLogLine[] = [];
    const options = { releaseId, tail: 20, follow: false };
    for await (const line of followWorkloadLogs(this.host, slotId, options, AbortSignal.timeout(LAST_LINES_MS))) lines.push(line);
    return lines;
  }

  private slot(slotId: string): SlotClient {
    return new SlotClient(this.host, slotId);
  }

  private changeOf(input: ChangeInput): ChangeOf<ProcessChange> {
    const shape = shapeOf(asProcessManifest(input.manifest));
    return (context) => ({ input, shape, context, slot: this.controlOf(input.slotId, context, input) });
  }

  private controlOf(slotId: string, context: StepContext, input?: ChangeInput): ProcessSlot {
    const lastLines = async (releaseId: string): Promise<readonly string[]> =>
      (await this.lastLines(slotId, releaseId)).map(({ replica, line }) => `${replica}: ${line}`).slice(-40);
    return new ProcessSlot(this.slot(slotId), context, lastLines, input);
  }
}
