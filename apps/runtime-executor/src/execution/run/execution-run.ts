import { isSlipwayError, withoutPeriod, type GateVerdict } from '@slipway/contracts';
import type { Observation, RuntimeTarget } from '@slipway/runtime-target';
import { runtimeFor } from '../../runtime/runtimes';
import type { KnownRelease } from '../briefs/release.brief';
import { abandon, fail, waitAtGate } from '../domain/execution.decider';
import { isClaimLost } from '../domain/execution.errors';
import type { ActiveExecution } from '../domain/execution.state';
import { basisObstacle, readGround, releaseObstacle, type Ground, type Obstacle } from './basis';
import { claimAgain } from './claims';
import type { Turn } from './environment-turn';
import { takeOpenTurn } from './gate-wait';
import { Journal, type Claim } from './journal';
import { Pipeline, type RunEnd } from './pipeline';
import { loadRelease, ReleaseChange } from './release-change';
import type { RunPorts } from './run.ports';
import { StepLog } from './step-log';
import { StepRunner } from './step-runner';

export interface RunSignals {
  /** The claim or its lease is not ours any more: touch nothing, write nothing. */
  readonly lost: AbortSignal;
  /** This process drains: finish the step at hand, begin no other. */
  readonly stop: AbortSignal;
  /** Somebody cancelled the execution. */
  readonly cancel: AbortSignal;
  /** Calls back when the release moved on, so that whoever waits looks again; returns how to stop. */
  onMoved(listener: () => void): () => void;
}

/** Carries out one claimed execution from wherever the log says it stands, to its end, a pause, or a hand-over. */
export class ExecutionRun {
  private journal: Journal;
  private readonly log: StepLog;
  private readonly executionId: string;

  constructor(
    private readonly ports: RunPorts,
    claim: Claim,
    private readonly signals: RunSignals,
  ) {
    this.executionId = claim.ref.id;
    this.journal = new Journal(ports, claim, signals.lost);
    this.log = new StepLog(ports.logs, ports.clock, claim.ref.id);
  }

  /** @throws SlipwayError claimLost, or the reason of `lost`, when somebody else goes on; anything else is a fault. */
  async carryOut(): Promise<RunEnd> {
    const execution = await this.journal.state();
    if (execution.phase === 'none' || execution.phase === 'ended') return 'ended';
    const turn = await this.waitForTurn(execution);
    if (turn === 'handed_back') return turn;
    if (turn.obstacle) return this.abandon(turn.obstacle);
    const lost = AbortSignal.any([this.signals.lost, turn.lock.lost]);
    try {
      this.journal = new Journal(this.ports, this.journal.claim, lost);
      return await this.inTurn(execution, lost);
    } catch (error) {
      lost.throwIfAborted();
      if (isClaimLost(error)) throw error;
      return await this.endWithFault(error);
    } finally {
      await turn.lock.release();
    }
  }

  private release(execution: ActiveExecution): Promise<KnownRelease> {
    return this.journal.persist(() => loadRelease(this.ports.runner, this.journal.claim.ref.projectId, execution.releaseId));
  }

  private async waitForTurn(execution: ActiveExecution): Promise<Turn | 'handed_back'> {
    for (;;) {
      const release = await this.release(execution);
      const obstacle = execution.phase === 'claimed' ? releaseObstacle(execution, release) : undefined;
      if (obstacle) return { obstacle };
      const turn = await this.waitUnlessMoved(execution, release);
      if (turn !== 'moved') return turn;
    }
  }

  private async waitUnlessMoved(execution: ActiveExecution, { subject }: KnownRelease): Promise<Turn | 'handed_back' | 'moved'> {
    const moved = new AbortController();
    const unlisten = this.signals.onMoved(() => moved.abort());
    const signal = AbortSignal.any([this.signals.lost, this.signals.stop, moved.signal]);
    const reason = `${execution.act} of ${subject.service_name} ${subject.artifact_version} in ${subject.environment_name} (release ${execution.releaseId})`;
    const onWait = (why: string): void => this.log.write(null, `waiting: ${why}`);
    try {
      return await takeOpenTurn(this.ports, {
        executionId: this.executionId,
        execution,
        reason,
        signal,
        onWait,
        projectId: this.journal.claim.ref.projectId,
        onClosed: (verdict) => this.tellClosed(verdict),
      });
    } catch (error) {
      this.signals.lost.throwIfAborted();
      if (this.signals.stop.aborted) return 'handed_back';
      if (!moved.signal.aborted) throw error;
      return 'moved';
    } finally {
      unlisten();
    }
  }

  /** Waiting behind a closed gate is a fact: people see why nothing happens, and until when. */
  private async tellClosed(verdict: GateVerdict): Promise<void> {
    const fact = `waiting ${verdict.code} ${verdict.scope} ${verdict.window} ${verdict.next_open}`;
    await this.journal.record(fact, (execution, holder) => waitAtGate(execution, holder, verdict));
  }

  private async inTurn(execution: ActiveExecution, lost: AbortSignal): Promise<RunEnd> {
    const release = await this.release(execution);
    const ground = await this.journal.persist(() => readGround(this.ports, release));
    if (!ground) return this.abandon({ code: 'unknown_resource', why: 'The log has no such target.', byReleaseId: null });
    const obstacle = execution.phase === 'claimed' ? await this.obstacle(execution, release, ground) : undefined;
    if (obstacle) return this.abandon(obstacle);
    const prepared = await this.prepare(execution, release, ground);
    if ('obstacle' in prepared) return this.abandon(prepared.obstacle);
    const before = execution.phase === 'claimed' ? await this.lookBefore(prepared.runtime, prepared.change) : undefined;
    if (before && before.fence > this.journal.claim.fence) await this.renewClaim(lost);
    const steps = new StepRunner(this.journal, this.log, this.ports.blobs, lost, this.ports.meter);
    const signals = { lost, stop: this.signals.stop, cancel: this.signals.cancel };
    const scene = { act: execution.act, journal: this.journal, log: this.log, steps, ground, ...prepared, before, signals };
    return new Pipeline(this.ports, scene).goOn(execution);
  }

  private async obstacle(execution: ActiveExecution, release: KnownRelease, ground: Ground): Promise<Obstacle | undefined> {
    return releaseObstacle(execution, release) ?? this.journal.persist(() => basisObstacle(this.ports, execution, release, ground));
  }

  /** What was reviewed, verified by digest. Before the first step a difference is an obstacle; later it is a fault. */
  private async prepare(
    execution: ActiveExecution,
    release: KnownRelease,
    ground: Ground,
  ): Promise<{ change: ReleaseChange; runtime: RuntimeTarget } | { obstacle: Obstacle }> {
    const { runner, runtimes } = this.ports;
    try {
      const runtime = runtimeFor(runtimes, ground.target.runtimeType);
      const change = await this.journal.persist(async () => {
        const wanted = execution.act === 'apply' ? release : await loadRelease(runner, release.projectId, execution.toReleaseId);
        return ReleaseChange.load(this.ports, wanted, ground.access);
      });
      return { change, runtime };
    } catch (error) {
      if (execution.phase !== 'claimed' || !isSlipwayError(error)) throw error;
      return { obstacle: { code: error.code, why: error.message, byReleaseId: null } };
    }
  }

  private async lookBefore(runtime: RuntimeTarget, { input }: ReleaseChange): Promise<Observation | undefined> {
    try {
      return await runtime.observe(input.access, input.slotId);
    } catch (error) {
      this.log.write(null, `could not look before the first step: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }

  /** The target has seen a newer fence than our claim's, from an execution that had the environment before us. */
  private async renewClaim(lost: AbortSignal): Promise<void> {
    const { claim } = this.journal;
    const renewed = await this.journal.persist(() => claimAgain(this.ports, claim.ref, claim, claim.attempt));
    if (renewed) this.journal = new Journal(this.ports, renewed, lost);
  }

  /** What nobody foresaw ends the execution as "could not tell", instead of running into it again and again. */
  private async endWithFault(error: unknown): Promise<RunEnd> {
    const why = this.log.redactor.text(error instanceof Error ? error.message : String(error)).slice(0, 900);
    this.ports.logger.error({ error, execution_id: this.executionId }, 'execution ended by a fault');
    const execution = await this.journal.state();
    if (execution.phase === 'claimed')
      return this.abandon({ code: isSlipwayError(error) ? error.code : 'internal', why, byReleaseId: null });
    // What made it turn back stays its outcome: a bad release is bad, whatever went wrong afterwards.
    const failure = 'failure' in execution ? execution.failure : null;
    const outcome = failure?.outcome ?? 'errored';
    const said = failure ? `${failure.title}: ${withoutPeriod(failure.summary || failure.outcome)}. Afterwards: ${why}` : why;
    const payload = { error: why, ...(failure && { ...failure, restored: false }), log_tail: this.log.tail() };
    const diagnostics = { summary: said.slice(0, 1000), step: failure?.step ?? null, outcome, payload };
    await this.journal.record('fault', (state, holder) => fail(state, holder, outcome, diagnostics, false));
    return 'ended';
  }

  private async abandon({ code, why, byReleaseId }: Obstacle): Promise<RunEnd> {
    this.log.write(null, `not started: ${why}`);
    await this.journal.record('abandoned', (state, holder) => abandon(state, holder, { code, why: why.slice(0, 1000), byReleaseId }));
    return 'ended';
  }
}
