import { setTimeout as delay } from 'node:timers/promises';
import {
  deriveId,
  isSlipwayError,
  type AggregateRef,
  type ErrorCategory,
  type ExecutionEvent,
  type NewExecutionEvent,
} from '@slipway/contracts';
import type { Clock, CommandContext, CommandRunner } from '@slipway/event-sourcing';
import { isClaimLost } from '../domain/execution.errors';
import type { Holder } from '../domain/execution.decider';
import { executionType, type Execution } from '../domain/execution.state';

/** Who holds an execution, since which stream position: the fence. */
export interface Claim {
  readonly ref: AggregateRef;
  readonly attempt: number;
  readonly fence: number;
  readonly correlationId: string;
  readonly causationId: string;
  readonly teamId: string;
}

interface JournalPorts {
  readonly runner: CommandRunner;
  readonly clock: Clock;
}

const RETRY_AT_MOST_MS = 1000;
const PASSING: readonly ErrorCategory[] = ['dependency_unavailable', 'outcome_unknown', 'stale_version'];

/** A fault of the moment: the same write or read may succeed later, as it is. */
export const mayPass = (error: unknown): boolean => isSlipwayError(error) && PASSING.includes(error.category) && !isClaimLost(error);

/** Writes the facts of one claim. Every command id names execution, attempt and fact, so a repeated write is one event. */
export class Journal {
  constructor(
    private readonly ports: JournalPorts,
    readonly claim: Claim,
    private readonly signal: AbortSignal,
  ) {}

  get holder(): Holder {
    return { executionId: this.claim.ref.id, attempt: this.claim.attempt };
  }

  /** RFC 3339, UTC, milliseconds. */
  now(): string {
    return this.ports.clock.now();
  }

  async state(): Promise<Execution> {
    return (await this.persist(() => this.ports.runner.load(executionType, this.claim.ref))).state;
  }

  /**
   * Records a fact, for as long as the log is out of reach and the claim is ours.
   * @throws SlipwayError claimLost when somebody else claimed; the signal's reason when the lease is lost.
   */
  async record(fact: string, decide: (execution: Execution, holder: Holder) => readonly NewExecutionEvent[]): Promise<Execution> {
    const result = await this.persist(() =>
      this.ports.runner.run<Execution, ExecutionEvent, NewExecutionEvent>(executionType, this.claim.ref, this.context(fact), (state) =>
        decide(state, this.holder),
      ),
    );
    return result.aggregate.state;
  }

  /** The context of a command of this claim, also for other aggregates that the execution changes. */
  context(fact: string): CommandContext {
    return {
      commandId: deriveId('command', this.claim.ref.id, String(this.claim.attempt), fact),
      principal: { actorId: 'service:runtime-executor', actorType: 'service' },
      source: 'system',
      correlationId: this.claim.correlationId,
      causationId: this.claim.causationId,
      now: this.ports.clock.now(),
      teamId: this.claim.teamId,
    };
  }

  /** Tries again while a dependency is away: a command id makes that safe. */
  async persist<T>(write: () => Promise<T>): Promise<T> {
    for (let pause = 20; ; pause = Math.min(pause * 2, RETRY_AT_MOST_MS)) {
      this.signal.throwIfAborted();
      try {
        return await write();
      } catch (error) {
        if (!mayPass(error)) throw error;
      }
      await delay(pause, undefined, { signal: this.signal });
    }
  }
}
