import { setTimeout as delay } from 'node:timers/promises';
import type { AggregateRef } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import { executionType } from '../domain/execution.state';
import { isClaimLost } from '../domain/execution.errors';
import { isDecided } from '../run/decision';
import { claimAgain, claimFirst } from '../run/claims';
import { ExecutionRun } from '../run/execution-run';
import { mayPass, type Claim } from '../run/journal';
import type { Lease, RunPorts } from '../run/run.ports';
import { workItemOf, type WorkItem } from './work-item';

/** One execution that this process holds or waits to take over. */
interface Held {
  readonly cancel: AbortController;
  readonly listeners: Set<() => void>;
  done: Promise<void>;
}

/**
 * The executions of this process. A message is done with once its execution is claimed in the log; the run goes on by
 * itself. Whoever runs an execution has its lease; who finds the lease silent claims again and goes on.
 */
export class Executor {
  private readonly held = new Map<string, Held>();
  private readonly stop = new AbortController();
  private readonly handOver = new AbortController();

  constructor(private readonly ports: RunPorts) {}

  /** Executions that this process runs or waits for. */
  get load(): number {
    return this.held.size;
  }

  /** Executions that this process carries out: those that have their environment. */
  get carried(): number {
    return this.ports.room.taken;
  }

  /** It carries out as many as it may; what merely waits does not count. */
  get isFull(): boolean {
    return this.ports.room.isFull;
  }

  /** Resolves when the event's work is claimed in the log, by whomever. @throws SlipwayError while the log is away. */
  async take(recorded: Recorded): Promise<void> {
    const item = await workItemOf(this.ports.runner, recorded);
    if (item?.kind === 'begin') await this.begin(item, recorded);
    if (item?.kind === 'decide') await this.decide(item);
  }

  /** Someone wants the execution stopped: at once if it runs here; if elsewhere, whoever runs it hears the same event. */
  cancel(executionId: string): void {
    this.held.get(executionId)?.cancel.abort();
  }

  /** A release moved on: executions that wait for their environment look again whether it was theirs. */
  moved(): void {
    for (const { listeners } of this.held.values()) for (const listener of listeners) listener();
  }

  /** Takes an execution over as soon as its lease is silent or free, unless it ended or waits for a person. */
  takeOver(ref: AggregateRef): void {
    this.hold(ref.id, async (held) => {
      const lease = await this.lease(ref, 'taking an execution over', this.stop.signal);
      await whileLeased(lease, async () => {
        const claim = await this.claimNext(ref);
        if (claim) await this.run(claim, lease, held);
      });
    });
  }

  /** Takes over what needs an executor: what does not wait for a person, and what a person decided about. */
  async lookAfter(ref: AggregateRef): Promise<void> {
    if (this.held.has(ref.id)) return;
    const { state } = await this.ports.runner.load(executionType, ref);
    if (state.phase === 'none' || state.phase === 'ended') return;
    if (state.phase !== 'paused' || (await isDecided(this.ports.runner, ref, state))) this.takeOver(ref);
  }

  /**
   * Begins nothing more, hands back what waits, and lets the steps at hand finish for `graceMs`; then they stop where
   * they are and are handed back too. Resolves when everything is, at the latest after `graceMs` and `limitMs`.
   */
  async drain(graceMs: number, limitMs: number): Promise<void> {
    this.stop.abort(new Error('this executor drains'));
    if (await this.idleWithin(graceMs)) return;
    this.handOver.abort(new Error('this executor hands its executions over'));
    await this.idleWithin(limitMs);
  }

  private idleWithin(ms: number): Promise<boolean> {
    const all = Promise.allSettled([...this.held.values()].map(({ done }) => done)).then(() => true);
    return Promise.race([all, delay(ms, false, { ref: false })]);
  }

  private async begin({ ref, assignment }: Extract<WorkItem, { kind: 'begin' }>, cause: Recorded): Promise<void> {
    const claim = await claimFirst(this.ports, ref, assignment, cause);
    if (claim) this.start(claim);
  }

  private async decide({ ref, cancel }: Extract<WorkItem, { kind: 'decide' }>): Promise<void> {
    if (cancel) this.cancel(ref.id);
    const { state } = await this.ports.runner.load(executionType, ref);
    // One that runs has an executor that reads the decision, now or at its next step; a paused one has none.
    if (state.phase !== 'paused') return;
    const leaving = this.held.get(ref.id)?.done ?? Promise.resolve();
    void leaving.then(() => this.takeOver(ref));
  }

  private start(claim: Claim): void {
    this.hold(claim.ref.id, async (held) => {
      const lease = await this.leaseIfFree(claim.ref);
      if (!lease) return;
      await whileLeased(lease, () => this.run(claim, lease, held));
    });
  }

  private async leaseIfFree(ref: AggregateRef): Promise<Lease | undefined> {
    const taken = new AbortController();
    try {
      return await this.lease(ref, 'carrying an execution out', taken.signal, () => taken.abort());
    } catch (error) {
      if (taken.signal.aborted) return undefined;
      throw error;
    }
  }

  private lease(ref: AggregateRef, reason: string, signal: AbortSignal, onWait?: () => void): Promise<Lease> {
    const { leases, executorId, leaseTtlMs } = this.ports;
    return leases.acquire({
      key: ref.id,
      holder: executorId,
      executionId: ref.id,
      releaseId: '_',
      reason,
      ttlMs: leaseTtlMs,
      signal,
      onWait,
    });
  }

  private hold(executionId: string, work: (held: Held) => Promise<void>): void {
    if (this.held.has(executionId) || this.stop.signal.aborted) return;
    const held: Held = { cancel: new AbortController(), listeners: new Set(), done: Promise.resolve() };
    this.held.set(executionId, held);
    held.done = work(held)
      .catch((error: unknown) => this.note(executionId, error))
      .finally(() => this.held.delete(executionId));
  }

  private note(executionId: string, error: unknown): void {
    if (this.stop.signal.aborted) return;
    if (isClaimLost(error)) this.ports.logger.info({ execution_id: executionId }, 'execution was taken over by another executor');
    else this.ports.logger.warn({ execution_id: executionId, error }, 'execution left for the next executor');
  }

  private async run(claim: Claim, lease: Lease, held: Held): Promise<void> {
    const onMoved = (listener: () => void): (() => void) => {
      held.listeners.add(listener);
      return () => void held.listeners.delete(listener);
    };
    const lost = AbortSignal.any([lease.lost, this.handOver.signal]);
    const signals = { lost, stop: this.stop.signal, cancel: held.cancel.signal, onMoved };
    const fields = { execution_id: claim.ref.id, attempt: claim.attempt, fence: claim.fence };
    this.ports.logger.info(fields, 'execution claimed');
    const end = await new ExecutionRun(this.ports, claim, signals).carryOut();
    this.ports.meter.left(end);
    this.ports.logger.info({ ...fields, end }, 'execution left');
  }

  /** The next claim; undefined when there is nothing to go on with. */
  private async claimNext(ref: AggregateRef): Promise<Claim | undefined> {
    for (;;) {
      try {
        const { state } = await this.ports.runner.load(executionType, ref);
        if (state.phase === 'none' || state.phase === 'ended') return undefined;
        const head = await this.ports.store.head(ref);
        if (!head) return undefined;
        const { correlation_id: correlationId, team_id: teamId } = head.event;
        const because = { correlationId, causationId: state.causeEventId, teamId };
        if (state.phase === 'paused' && !(await isDecided(this.ports.runner, ref, state))) return undefined;
        return await claimAgain(this.ports, ref, because, state.attempt);
      } catch (error) {
        if (!mayPass(error)) throw error;
      }
      await delay(200, undefined, { signal: this.stop.signal });
    }
  }
}

async function whileLeased(lease: Lease, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } finally {
    await lease.release();
  }
}
