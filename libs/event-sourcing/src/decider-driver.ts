import { deepStrictEqual, fail } from 'node:assert/strict';
import { deriveId, isSlipwayError, type AggregateRef, type ErrorCode, type EventEnvelope, type NewEvent } from '@slipway/contracts';
import { AggregateRepository } from './aggregate-repository';
import type { Aggregate, AggregateType, CommandContext, Decide } from './command';
import { envelopesOf } from './envelope';
import { EMPTY_HEAD } from './event-store';
import { validateEvent } from './event-validation';
import { InMemoryEventStore } from './in-memory-event-store';

/** A command context with defaults for specs. */
export const testContext = (given: Partial<CommandContext> = {}): CommandContext => ({
  commandId: deriveId('command', 'spec'),
  principal: { actorId: 'developer', actorType: 'human' },
  source: 'api',
  correlationId: 'spec',
  causationId: 'spec',
  now: '2026-01-01T00:00:00.000Z',
  ...given,
});

/** Given events, when a decision, then events: reads like the rule it proves. Every event given or decided is checked against its schema. */
export class DeciderSpec<S, E extends EventEnvelope, N extends NewEvent> {
  private history: readonly N[] = [];

  constructor(
    private readonly type: AggregateType<S, E>,
    private readonly ref: AggregateRef,
    private readonly context: CommandContext = testContext(),
  ) {}

  given(...events: readonly N[]): this {
    this.history = events;
    return this;
  }

  when(decide: Decide<S, N>) {
    const decided = async (): Promise<readonly N[]> => {
      const aggregate = this.fold();
      const events = await decide(aggregate.state, aggregate);
      envelopesOf(this.ref, aggregate.head.version, events, this.context).forEach(validateEvent);
      return events;
    };
    return {
      thenEvents: async (...expected: readonly N[]): Promise<void> => deepStrictEqual(await decided(), expected),
      thenNothing: async (): Promise<void> => deepStrictEqual(await decided(), []),
      thenRefused: async (code: ErrorCode): Promise<void> => {
        const outcome = await decided().catch((error: unknown) => error);
        if (!isSlipwayError(outcome)) fail(`expected a refusal with '${code}', got ${JSON.stringify(outcome) ?? String(outcome)}`);
        deepStrictEqual(outcome.code, code);
      },
    };
  }

  /** State after the given events. */
  fold(): Aggregate<S> {
    const events = envelopesOf(this.ref, 0, this.history, this.context);
    events.forEach(validateEvent);
    const recorded = events.map((event, index) => ({
      position: index + 1,
      event,
      digest: event.event_id,
      previousDigest: null,
      earlier: [],
    }));
    const empty = { ref: this.ref, state: this.type.initial, head: EMPTY_HEAD, commands: new Map() };
    return new AggregateRepository(new InMemoryEventStore()).advance(this.type, empty, recorded);
  }
}
