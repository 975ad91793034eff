import type {
  ArtifactManifest,
  Check,
  DiffEntry,
  Outcome,
  PlannedAction,
  PinnedVariables,
  ResolvedStrategy,
  RuntimeType,
  TargetConnection,
} from '@slipway/contracts';

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
  readonly variables: PinnedVariables;
  readonly strategy: ResolvedStrategy;
}

export interface ObservedReplica {
  readonly name: string;
  readonly process: string;
  readonly releaseId: string;
  readonly artifactDigest: string;
  readonly manifestDigest: string;
  readonly pid: number | null;
  readonly port: number | null;
  readonly state: 'starting' | 'running' | 'stopping' | 'exited' | 'crashed';
  readonly ready: boolean;
  readonly restarts: number;
  readonly startedAt: string | null;
  readonly lastExit: { readonly code: number | null; readonly signal: string | null; readonly at: string } | null;
}

/** What a slot is seen to run, now. `releaseId` is the release that receives the traffic; null: nothing runs. */
export interface Observation {
  readonly slotId: string;
  readonly releaseId: string | null;
  readonly manifest: RenderedManifest | null;
  readonly manifestDigest: string | null;
  readonly artifactDigest: string | null;
  readonly url: string | null;
  readonly fence: number;
  readonly replicas: readonly ObservedReplica[];
  readonly routes: readonly { readonly releaseId: string; readonly percent: number }[];
  readonly observedAt: string;
}

export interface RuntimePlan {
  readonly actions: readonly PlannedAction[];
  readonly diff: readonly DiffEntry[];
  readonly diffTruncated: boolean;
  readonly checks: readonly Check[];
  readonly riskReasons: readonly string[];
}

/** Traffic figures of a window, measured where the requests pass. Latencies in milliseconds; undefined below one request. */
export interface TrafficMetrics {
  readonly releaseId: string;
  readonly requests: number;
  readonly errors: number;
  readonly errorRate: number;
  readonly p50Ms: number | undefined;
  readonly p95Ms: number | undefined;
  readonly p99Ms: number | undefined;
}

export interface StepResult {
  readonly outcome: Outcome | 'paused';
  /** One line for a person; for anything but `succeeded`, what went wrong and where to look. */
  readonly summary: string;
  /** What was read back from the target. */
  readonly observed: Record<string, unknown>;
}

/** What a step gets from the executor. */
export interface StepContext {
  /** Fencing token of the claim: the target refuses anything older than the newest it has seen. */
  readonly fence: number;
  /**
   * Abort means: stop at once and leave the target as it is; the step answers `aborted`. What stands half-way is taken up
   * by the next run of the step, or taken back by `remove`.
   */
  readonly signal: AbortSignal;
  /** An operator accepted the inconclusive measurement for which this step paused: go on without measuring again. */
  readonly resumed?: boolean;
  /** A line of the step's log, streamed live. */
  log(line: string): void;
  /** The artifact's canonical tarball; the callee verifies its digest. */
  fetchArtifact(digest: string): Promise<AsyncIterable<Uint8Array>>;
  /** Values of the secrets that the manifest pins, by variable name; decrypted for this step only. */
  secrets(): Promise<Readonly<Record<string, string>>>;
}

/**
 * One step of a change, declarative and idempotent: run again after a crash it converges from what it finds.
 * Success is only what was read back. A step that ends `failed` or `inconclusive` has given all traffic back to the release
 * that served before; one that ends `errored` (could not tell), `aborted` or `paused` leaves what stands.
 * @throws SlipwayError `stale_fence` when a newer claim has touched the slot: the caller stops without another effect.
 */
export interface Step {
  readonly name: string;
  readonly title: string;
  /** Fail closed to `needs_operator` after a crash inside it, instead of running it again. */
  readonly rerunnable: boolean;
  run(context: StepContext): Promise<StepResult>;
}

export interface ChangeInput {
  readonly connection: TargetConnection;
  readonly slotId: string;
  readonly releaseId: string;
  readonly manifest: RenderedManifest;
  readonly manifestDigest: string;
  readonly artifactDigest: string;
  readonly strategy: ResolvedStrategy;
}

export interface VerificationCheck {
  readonly name: string;
  readonly verdict: 'pass' | 'fail' | 'inconclusive';
  readonly message: string;
  readonly observed: Record<string, unknown>;
}

export interface DriftFinding {
  readonly kind: 'missing' | 'changed' | 'extra';
  readonly what: string;
  readonly detail: string;
}

export interface ConnectionReport {
  readonly ok: boolean;
  readonly checks: readonly Check[];
}

/** The port that every runtime implements and `runtimeConformance` (this library) examines. */
export interface RuntimeTarget {
  readonly runtimeType: RuntimeType;
  checkConnection(connection: TargetConnection): Promise<ConnectionReport>;
  /** Pure: same input, same manifest, same digest. */
  render(input: RenderInput): RenderedManifest;
  observe(connection: TargetConnection, slotId: string): Promise<Observation>;
  /** Ordered actions and diff against what is observed; changes nothing. */
  plan(manifest: RenderedManifest, strategy: ResolvedStrategy, observation: Observation): RuntimePlan;
  /** Steps that bring the release into the slot by its strategy. The last leaves all traffic on it. */
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
  remove(connection: TargetConnection, slotId: string, releaseId: string, context: StepContext): Promise<void>;
  /** What differs from the release that should run there. */
  drift(input: ChangeInput): Promise<readonly DriftFinding[]>;
  /**
   * Calls back when something changes at the target by itself (a replica died, was replaced); returns how to stop. Delivered
   * at least once, including what happened while nobody watched. No findings: the slot healed, it is as it should be again.
   */
  watch(connection: TargetConnection, onChange: (slotId: string, findings: readonly DriftFinding[]) => void): () => void;
  metrics(connection: TargetConnection, slotId: string): Promise<readonly TrafficMetrics[]>;
}
