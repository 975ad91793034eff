import { isSlipwayError, type ErrorCategory, type Outcome, type SlipwayError } from '@slipway/contracts';

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
   * Names this effect: the same for every run of one step of one execution, by whichever executor. A run that is under way at
   * the target under this name is attached to, not started a second time. Letters, digits and hyphens, at most 63.
   */
  readonly effectId: string;
  /**
   * Abort means: stop at once and leave the target as it is; the step answers `aborted`. What stands half-way is taken up
   * by the next run of the step, or taken back by `remove`.
   */
  readonly signal: AbortSignal;
  /** An operator accepted the inconclusive measurement for which this step paused: go on without measuring again. */
  readonly resumed?: boolean;
  /** A line of the step's log, streamed live. */
  log(line: string): void;
  /** Has the executor look at why the release does not work; called before a step takes out what failed. Never throws. */
  examine?(): Promise<void>;
  /** The artifact's canonical tarball; the callee verifies its digest. */
  fetchArtifact(digest: string): Promise<AsyncIterable<Uint8Array>>;
  /** Values of the secrets that the manifest pins, by variable name; decrypted for this step only. */
  secrets(): Promise<Readonly<Record<string, string>>>;
}

/**
 * One step of a change, declarative and idempotent: run again after a crash it converges from what it finds.
 * Success is only what was read back. A step that ends `failed` or `inconclusive` has given all traffic back to the release
 * that served before; one that ends `errored` (could not tell), `aborted` or `paused` leaves what stands.
 * @throws SlipwayError `stale_fence` when a newer claim has touched the slot: the caller stops without another effect; one that may pass
 * by itself (`isPassing`), as it came: nothing is said of the change, and whoever may run the step again does.
 */
export interface Step {
  readonly name: string;
  readonly title: string;
  /** Fail closed to `needs_operator` after a crash inside it, instead of running it again. */
  readonly rerunnable: boolean;
  /** An admin process of the artifact: runs when a release is applied or rolled back, not when a failed change gives its slot back. */
  readonly task?: true;
  run(context: StepContext): Promise<StepResult>;
}

const PASSING: readonly ErrorCategory[] = ['dependency_unavailable', 'outcome_unknown', 'rate_limited'];

/** A target, store or network that is away for now: the same call may succeed later, as it is. Anything else is an answer. */
export const isPassing = (error: unknown): error is SlipwayError => isSlipwayError(error) && PASSING.includes(error.category);
