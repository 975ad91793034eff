import type {
  ArtifactManifest,
  Check,
  DiffEntry,
  PinnedVariables,
  PlannedAction,
  ResolvedStrategy,
  RuntimeType,
  TargetConnection,
} from '@slipway/contracts';
import type { ConnectionReport, TargetAccess } from './access';
import type { Diagnosis, FollowLogsOptions, WorkloadLogLine } from './diagnosis';
import type { DriftFinding, Observation, TrafficMetrics, VerificationCheck } from './observation';
import type { Step, StepContext } from './steps';

/** What will run in a slot: rendered once by a preview, stored by digest, never changed. JSON; its shape belongs to the runtime. */
export type RenderedManifest = Readonly<Record<string, unknown>>;

export interface RenderInput {
  readonly projectId: string;
  readonly serviceId: string;
  readonly serviceName: string;
  readonly slotId: string;
  readonly releaseId: string;
  readonly artifactDigest: string;
  readonly artifactVersion: string;
  readonly artifactManifest: ArtifactManifest;
  /** The artifact's files that its manifest names (`manifestFiles`), by path. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** Where it will run: a rendering may depend on its namespace, project name or gateway. */
  readonly connection: TargetConnection;
  readonly variables: PinnedVariables;
  readonly strategy: ResolvedStrategy;
}

export interface ChangeInput {
  readonly access: TargetAccess;
  readonly slotId: string;
  readonly releaseId: string;
  readonly manifest: RenderedManifest;
  readonly manifestDigest: string;
  readonly artifactDigest: string;
  readonly strategy: ResolvedStrategy;
}

/** A change as it is previewed: before it has a release id, against what was observed. */
export type PlanInput = Omit<ChangeInput, 'releaseId'> & { readonly observation: Observation };

export interface RuntimePlan {
  readonly actions: readonly PlannedAction[];
  readonly diff: readonly DiffEntry[];
  readonly diffTruncated: boolean;
  readonly checks: readonly Check[];
  readonly riskReasons: readonly string[];
}

/**
 * The port that every runtime implements and `runtimeConformance` (this library) examines. Every operation that touches the target
 * may throw SlipwayError `dependency_unavailable` (cannot be reached), `credential_refused`, `host_key_mismatch`, `address_refused`.
 */
export interface RuntimeTarget {
  readonly runtimeType: RuntimeType;
  /** Reachability, versions, permissions. Answers with failed checks; throws only when it could not look at all. */
  checkConnection(access: TargetAccess): Promise<ConnectionReport>;
  /**
   * Pure: same input, same manifest, same digest; the release's own id has no part in it.
   * @throws SlipwayError `manifest_refused` with `details.field` for what this runtime does not run or does not allow.
   */
  render(input: RenderInput): RenderedManifest;
  observe(access: TargetAccess, slotId: string): Promise<Observation>;
  /** Ordered actions and diff against what is observed; may ask the target (server-side dry run), and changes nothing. */
  plan(input: PlanInput): Promise<RuntimePlan>;
  /** Steps that bring the release into the slot by its strategy: migration, hooks before, the update, hooks after. The update's last leaves all traffic on it. */
  deploySteps(input: ChangeInput): readonly Step[];
  /** Steps that bring back an earlier release: the fast path (switch back if its replicas still stand, else start them, then switch). */
  restoreSteps(input: ChangeInput): readonly Step[];
  /** Post-deploy verification (spec 003, section 10): availability, observed digest, health endpoint, smoke tests. */
  verify(input: ChangeInput, context: Pick<StepContext, 'signal' | 'log'>): Promise<readonly VerificationCheck[]>;
  /** After success: lets go of what the strategy no longer needs. */
  settle(input: ChangeInput, context: StepContext): Promise<void>;
  /**
   * Takes a release out of the slot: its replicas and routes go, and traffic returns to the release that served before,
   * if there is one. For a failed first deployment, or a change that was cancelled half-way. Idempotent.
   */
  remove(access: TargetAccess, slotId: string, releaseId: string, context: StepContext): Promise<void>;
  /** What differs from the release that should run there. */
  drift(input: ChangeInput): Promise<readonly DriftFinding[]>;
  /**
   * Calls back when something changes at the target by itself (a replica died, was replaced); returns how to stop. Delivered
   * at least once, including what happened while nobody watched. No findings: the slot healed, it is as it should be again.
   */
  watch(access: TargetAccess, onChange: (slotId: string, findings: readonly DriftFinding[]) => void): () => void;
  metrics(access: TargetAccess, slotId: string): Promise<readonly TrafficMetrics[]>;
  /** Why the slot, or one release in it, is not well: states, exit codes, events, last logs. Gathered at a failure, before the way back. */
  diagnose(access: TargetAccess, slotId: string, releaseId?: string): Promise<Diagnosis>;
  /** What the slot's replicas write; ends when the signal aborts, or after the last line when it is not to follow. */
  followLogs(access: TargetAccess, slotId: string, options: FollowLogsOptions, signal: AbortSignal): AsyncIterable<WorkloadLogLine>;
  /** Lets go of connections that are kept open between calls. */
  close?(): Promise<void>;
}
