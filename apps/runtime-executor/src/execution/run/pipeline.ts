import { SlipwayError } from '@slipway/contracts';
import type { Step } from '@slipway/runtime-target';
import { fail, failStep, resume, start, succeed, verify } from '../domain/execution.decider';
import {
  VERIFY,
  type ActiveExecution,
  type Execution,
  type PlannedStep,
  type StartedExecution,
  type StepFailure,
} from '../domain/execution.state';
import { SETTLE, type VerifiedReading } from './closing-steps';
import { diagnose, recordDeployment } from './conclusion';
import { seenAtTarget } from './failure-look';
import { loadRelease } from './release-change';
import type { KnownRelease } from '../briefs/release.brief';
import type { RunPorts } from './run.ports';
import { plannedStep, stepsOf, type Scene } from './scene';
import { goBack } from './way-back';

/** `ended`: the log has its end. `paused`: a person decides. `handed_back`: not ended, any executor may take it over. */
export type RunEnd = 'ended' | 'paused' | 'handed_back';

type Running = Extract<Execution, { phase: 'running' }>;
type Paused = Extract<Execution, { phase: 'paused' }>;

/** The steps of an execution from where the log says it stands: forward, or back after a failure. */
export class Pipeline {
  private readonly executionId: string;
  /** What the target showed of the release that failed, when a step took it out at once. */
  private seen: Record<string, unknown> | null | undefined;

  constructor(
    private readonly ports: RunPorts,
    private readonly scene: Scene,
  ) {
    this.executionId = scene.journal.claim.ref.id;
  }

  async goOn(execution: ActiveExecution): Promise<RunEnd> {
    switch (execution.phase) {
      case 'claimed':
        return this.begin(execution);
      case 'paused':
        return this.afterPause(execution);
      case 'running':
        return execution.failure ? this.wayBack(execution, execution.failure) : this.forward(execution);
    }
  }

  private async begin(execution: ActiveExecution): Promise<RunEnd> {
    const { journal } = this.scene;
    const begun = { fence: journal.claim.fence, lock: execution.environmentId, steps: stepsOf(this.scene).map(plannedStep) };
    const next = await journal.record('begun', (state, holder) => start(state, holder, begun));
    return next.phase === 'running' ? this.forward(next) : 'ended';
  }

  private async forward(from: Running): Promise<RunEnd> {
    let execution: Execution = from;
    for (const [index, step] of stepsOf(this.scene).entries()) {
      if (execution.phase !== 'running') return 'ended';
      if (execution.done.includes(step.name)) continue;
      if (this.scene.signals.stop.aborted) return 'handed_back';
      const planned = execution.plan.find((one) => one.step === step.name) ?? plannedStep(step, index);
      const stop = step.name === SETTLE ? undefined : await this.stopReason(execution);
      if (stop !== undefined) return this.cancel(planned, stop);
      await this.before(step, execution);
      const end = await this.runStep(step, planned, execution);
      if (end.outcome === 'paused') return this.pausedNow(end.execution);
      if (end.execution.phase === 'running' && end.execution.failure) return this.wayBack(end.execution, end.execution.failure);
      execution = end.execution;
    }
    return this.succeed(execution);
  }

  /** The slot's fact comes before anything of the old release is let go: until then the way back is short. */
  private async before(step: Step, execution: Running): Promise<void> {
    const { journal, change } = this.scene;
    if (step.name === VERIFY) await journal.record('verifying', verify);
    if (step.name !== SETTLE) return;
    const release = await this.release(execution);
    await recordDeployment(this.ports, journal, { execution, release, change, verified: verifiedOf(execution) });
  }

  private runStep(step: Step, planned: PlannedStep, { open, accepted }: Running) {
    const { steps, change, signals } = this.scene;
    // What is recorded as deployed is not cancelled any more.
    const signal = step.name === SETTLE ? signals.lost : AbortSignal.any([signals.lost, signals.cancel]);
    const examine = async (): Promise<void> => {
      this.seen = await seenAtTarget(this.scene);
    };
    const { forwardMs, backMs } = this.ports.patience;
    return steps.run({
      step,
      planned,
      change,
      signal,
      patienceMs: this.scene.act === 'rollback' ? backMs : forwardMs,
      crashedInside: open?.step === step.name,
      accepted: accepted === step.name,
      examine,
    });
  }

  private async afterPause(execution: Paused): Promise<RunEnd> {
    const release = await this.release(execution);
    const stop = stopReason(execution, release, this.executionId);
    if (stop !== undefined) return this.cancel(execution.at, stop);
    const resumed = release.resumes[this.executionId];
    if (!resumed || resumed.count <= execution.resumes) return 'paused';
    this.scene.log.write(execution.at.step, `resumed by ${resumed.by}`);
    const next = await this.scene.journal.record(`resumed-${resumed.count}`, (state, holder) => resume(state, holder, resumed.by));
    return next.phase === 'running' ? this.forward(next) : 'ended';
  }

  /** A cancel may have come while the pause was being recorded; its message then found nothing to stop. */
  private async pausedNow(execution: Execution): Promise<RunEnd> {
    if (execution.phase !== 'paused') return 'paused';
    const stop = await this.stopReason(execution);
    return stop === undefined ? 'paused' : this.cancel(execution.at, stop);
  }

  private async cancel(at: PlannedStep, summary: string): Promise<RunEnd> {
    const failure = { outcome: 'aborted', summary, observed: {}, durationMs: 0 } as const;
    const next = await this.scene.journal.record(`cancelled-${at.ordinal}`, (state, holder) => failStep(state, holder, at, failure));
    return next.phase === 'running' && next.failure ? this.wayBack(next, next.failure) : 'ended';
  }

  private async wayBack(execution: StartedExecution, failure: StepFailure): Promise<RunEnd> {
    const { journal, log, signals } = this.scene;
    // What nobody needs explained, a cancel, is not looked at.
    const seen = failure.outcome === 'aborted' ? null : (this.seen ?? (await seenAtTarget(this.scene)));
    const back = await goBack(this.ports, { ...this.scene, execution, failure, lastOrdinal: execution.plan.length, signal: signals.lost });
    const diagnostics = diagnose(execution, failure, back, log, seen);
    await journal.record('failed', (state, holder) => fail(state, holder, failure.outcome, diagnostics, back.restored));
    return 'ended';
  }

  private async succeed(execution: Execution): Promise<RunEnd> {
    if (execution.phase !== 'running') return 'ended';
    const { observed_digest: observedDigest, url, changed, checks } = verifiedOf(execution);
    // A rollback's time bound counts from when the work was taken on: waiting for the environment is part of it.
    const since = execution.act === 'rollback' ? execution.claimedAt : execution.startedAt;
    const durationMs = Math.max(0, Date.parse(this.ports.clock.now()) - Date.parse(since));
    const success = { observedDigest, url, changed, checks, durationMs };
    await this.scene.journal.record('succeeded', (state, holder) => succeed(state, holder, success));
    return 'ended';
  }

  private async stopReason(execution: ActiveExecution): Promise<string | undefined> {
    return stopReason(execution, await this.release(execution), this.executionId);
  }

  private release(execution: ActiveExecution): Promise<KnownRelease> {
    const { journal } = this.scene;
    return journal.persist(() => loadRelease(this.ports.runner, journal.claim.ref.projectId, execution.releaseId));
  }
}

/** Why an execution is to turn back: somebody cancelled it, or its release ended in the very moment in which it began. */
function stopReason(execution: ActiveExecution, release: KnownRelease, executionId: string): string | undefined {
  const by = release.cancels[executionId];
  if (by !== undefined) return `cancelled by ${by}`;
  if (execution.act === 'rollback' || !release.ended) return undefined;
  const { code, byReleaseId } = release.ended;
  return `the release was ${code}${byReleaseId ? ` by release ${byReleaseId}` : ''}`;
}

/** Written by the verification step of this code base, and read back by it. */
function verifiedOf(execution: StartedExecution): VerifiedReading {
  if (!execution.verified) throw new SlipwayError('internal', 'An execution cannot succeed before its verification did.');
  return execution.verified as unknown as VerifiedReading;
}
