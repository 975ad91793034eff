import { isSlipwayError } from '@slipway/contracts';
import type { Step, StepContext, StepResult } from '@slipway/runtime-target';
import { failStep, pause, startStep, succeedStep } from '../domain/execution.decider';
import { isClaimLost } from '../domain/execution.errors';
import type { Execution, PlannedStep } from '../domain/execution.state';
import { boundedReading } from './bounded-reading';
import type { Journal } from './journal';
import { patiently } from './patience';
import type { ReleaseChange } from './release-change';
import type { Blobs, RunMeter } from './run.ports';
import type { StepLog } from './step-log';

const NOT_BEGUN: StepResult = { outcome: 'aborted', summary: 'Stopped before it began.', observed: {} };

export interface StepRun {
  readonly step: Step;
  readonly planned: PlannedStep;
  readonly change: ReleaseChange;
  /** Fires when the step should end early: cancelled, or the lease is lost. */
  readonly signal: AbortSignal;
  /** How long a target that is away is waited for. */
  readonly patienceMs: number;
  /** Intent was recorded by an earlier claim and no result. */
  readonly crashedInside: boolean;
  /** Somebody accepted the inconclusive measurement for which the step paused. */
  readonly accepted?: boolean;
  /** Looks at why the release does not work. */
  readonly examine?: () => Promise<void>;
}
export interface StepEnd {
  readonly outcome: StepResult['outcome'];
  readonly execution: Execution;
}

/** Runs one step at a time: intent into the log, then the target, then what was observed there into the log. */
export class StepRunner {
  constructor(
    private readonly journal: Journal,
    private readonly log: StepLog,
    private readonly blobs: Blobs,
    /** Fires when the claim is not ours any more: from then on nothing is written. */
    private readonly lost: AbortSignal,
    private readonly meter: RunMeter,
  ) {}

  async run(run: StepRun): Promise<StepEnd> {
    const { step, planned } = run;
    if (run.crashedInside && !step.rerunnable) return this.needsOperator(planned);
    const { fence } = this.journal.claim;
    const key = `${planned.ordinal}-${planned.step}`;
    await this.journal.record(`started-${key}`, (execution, holder) => startStep(execution, holder, planned, fence, this.journal.now()));
    const began = performance.now();
    const result = run.signal.aborted ? NOT_BEGUN : await this.touch(run);
    this.lost.throwIfAborted();
    const durationMs = Math.round(performance.now() - began);
    this.log.write(step.name, `${result.outcome}: ${result.summary}`);
    this.meter.step(meteredName(step.name), result.outcome, durationMs / 1000);
    return { outcome: result.outcome, execution: await this.recordResult(planned, key, result, durationMs) };
  }

  private recordResult(planned: PlannedStep, key: string, result: StepResult, durationMs: number): Promise<Execution> {
    const observed = boundedReading(this.log.redactor.json(result.observed));
    const summary = this.log.redactor.text(result.summary).slice(0, 1000);
    const { outcome } = result;
    if (outcome === 'succeeded') {
      return this.journal.record(`succeeded-${key}`, (execution, holder) =>
        succeedStep(execution, holder, planned, { observed, durationMs }),
      );
    }
    if (outcome === 'paused') {
      return this.journal.record(`paused-${key}`, (execution, holder) =>
        pause(execution, holder, planned, { kind: 'inconclusive', why: summary, observed }),
      );
    }
    return this.journal.record(`failed-${key}`, (execution, holder) =>
      failStep(execution, holder, planned, { outcome, summary, observed, durationMs }),
    );
  }

  /** What an adapter throws is "could not tell", tried again where a second run is harmless: for long while the target is away. */
  private async touch(run: StepRun): Promise<StepResult> {
    const { step, signal, patienceMs } = run;
    const context = this.contextOf(run);
    try {
      return await patiently(() => step.run(context), {
        forMs: patienceMs,
        signal: AbortSignal.any([this.lost, signal]),
        mayRepeat: (error) => step.rerunnable && mayRepeat(error),
        onRepeat: (error, attempt) => this.log.write(step.name, `try ${attempt} ended with an error and is repeated: ${messageOf(error)}`),
      });
    } catch (error) {
      this.lost.throwIfAborted();
      if (isClaimLost(error)) throw error;
      if (signal.aborted) return { outcome: 'aborted', summary: 'Stopped on request.', observed: {} };
      return { outcome: 'errored', summary: messageOf(error), observed: errorReading(error) };
    }
  }

  private contextOf({ step, planned, change, signal, accepted, examine }: StepRun): StepContext {
    return {
      fence: this.journal.claim.fence,
      effectId: `${this.journal.claim.ref.id}-${planned.ordinal}`,
      signal,
      resumed: accepted ?? false,
      log: (line) => this.log.write(step.name, line),
      ...(examine && { examine }),
      fetchArtifact: (digest) => this.blobs.get(digest),
      secrets: () => change.revealSecrets(this.log.redactor),
    };
  }

  private async needsOperator(planned: PlannedStep): Promise<StepEnd> {
    const why = `The executor died inside this step, which must not run twice. Find out whether it happened, then resume the release to run it again, or cancel it.`;
    const execution = await this.journal.record(`operator-${planned.ordinal}`, (state, holder) =>
      pause(state, holder, planned, { kind: 'needs_operator', why, observed: { log_tail: this.log.tail() } }),
    );
    return { outcome: 'paused', execution };
  }
}

const mayRepeat = (error: unknown): boolean => !isSlipwayError(error) || (error.retryable && !isClaimLost(error));
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const errorReading = (error: unknown): Record<string, unknown> =>
  isSlipwayError(error) ? { code: error.code, ...error.details } : { error: error instanceof Error ? error.name : typeof error };
/** Numbered steps are one label. */
const meteredName = (name: string): string => name.replace(/-\d+$/, '');
