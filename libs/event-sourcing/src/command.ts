import type { AggregateRef, EventEnvelope, NewEvent, Principal, Source } from '@slipway/contracts';
import type { AggregateHead } from './event-store';

/** Who, why and when: everything a decision may depend on besides state. Deciders read no clock and no randomness. */
export interface CommandContext {
  /** Derived from the caller and its Idempotency-Key, or from the cause in a reaction. Same id: same command. */
  readonly commandId: string;
  readonly principal: Pick<Principal, 'actorId' | 'actorType' | 'onBehalfOf'>;
  readonly source: Source;
  readonly correlationId: string;
  readonly causationId: string;
  /** RFC 3339, UTC, milliseconds. */
  readonly now: string;
  readonly requestDigest?: string;
  readonly teamId?: string;
  /** Carried on by reactions, so that all that follows from a conversation can be found by it. */
  readonly conversationId?: string;
}

/** A kind of aggregate: pure folding of its events. `evolve` is total and never throws. */
export interface AggregateType<S, E extends EventEnvelope> {
  readonly type: AggregateRef['type'];
  readonly initial: S;
  evolve(state: S, event: E): S;
}

/** An aggregate folded up to its head. */
export interface Aggregate<S> {
  readonly ref: AggregateRef;
  readonly state: S;
  readonly head: AggregateHead;
  /** Commands that made its latest events (bounded): command id -> position of its last event and its request digest. */
  readonly commands: ReadonlyMap<string, { readonly position: number; readonly requestDigest: string | undefined }>;
}

export interface CommandResult<S, E extends EventEnvelope> {
  readonly aggregate: Aggregate<S>;
  /** Empty when the command changed nothing or had run before. */
  readonly events: readonly E[];
  /** Read-your-writes position: of the command's last event, or of the aggregate's head when nothing was appended. */
  readonly position: number;
  readonly duplicate: boolean;
}

/**
 * Loads, decides, appends. Implemented by `CommandRunner` (command-runner.ts):
 * - a command id already in the aggregate answers as before (`duplicate`), or `idempotency_key_reused` if its request digest differs;
 * - `StaleVersion` re-runs `decide` on fresh state, at most 10 times with jitter, then `stale_version`;
 * - events are validated against their JSON Schema before the append.
 */
export type Decide<S, N extends NewEvent> = (state: S, aggregate: Aggregate<S>) => readonly N[] | Promise<readonly N[]>;
