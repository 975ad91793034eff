import { setTimeout as delay } from 'node:timers/promises';
import { SlipwayError, type AggregateRef, type EventEnvelope, type NewEvent } from '@slipway/contracts';
import { AggregateRepository } from './aggregate-repository';
import type { Aggregate, AggregateType, CommandContext, CommandResult, Decide } from './command';
import { envelopesOf } from './envelope';
import { EMPTY_HEAD, StaleVersion, type EventStore, type Recorded } from './event-store';

export interface CommandRunnerOptions {
  /** Folded aggregates kept in memory; default 1000. */
  readonly cacheSize?: number;
  /** Decisions per command before `stale_version`; default 10. */
  readonly maxAttempts?: number;
}

/** Loads, decides, appends; see `Decide` (command.ts) for what it promises. */
export class CommandRunner {
  private readonly repository: AggregateRepository;
  private readonly maxAttempts: number;

  constructor(
    private readonly store: EventStore,
    options: CommandRunnerOptions = {},
  ) {
    this.repository = new AggregateRepository(store, options.cacheSize);
    this.maxAttempts = options.maxAttempts ?? 10;
  }

  /** The aggregate folded up to its head. @throws SlipwayError `dependency_unavailable` */
  load<S, E extends EventEnvelope>(type: AggregateType<S, E>, ref: AggregateRef): Promise<Aggregate<S>> {
    return this.repository.load(type, ref);
  }

  /**
   * @throws SlipwayError what `decide` throws; `idempotency_key_reused`; `stale_version` after `maxAttempts` lost races;
   * `dependency_unavailable` when known that nothing was appended; `outcome_unknown` when only a retry with the same command id tells.
   */
  async run<S, E extends EventEnvelope, N extends NewEvent>(
    type: AggregateType<S, E>,
    ref: AggregateRef,
    context: CommandContext,
    decide: Decide<S, N>,
  ): Promise<CommandResult<S, E>> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(type, ref, context, decide);
      } catch (error) {
        if (!(error instanceof StaleVersion)) throw error;
        if (attempt >= this.maxAttempts) throw tooManyRaces(ref, attempt, error);
        await delay(Math.random() * 2 * attempt);
      }
    }
  }

  /**
   * `run` for an aggregate that this command makes, its id derived from the command: appends at version 0 without loading
   * first. Where something is there after all, or the decision fails, it is loaded, so that a repeated command answers as before.
   * @throws as `run` does.
   */
  async runNew<S, E extends EventEnvelope, N extends NewEvent>(
    type: AggregateType<S, E>,
    ref: AggregateRef,
    context: CommandContext,
    decide: Decide<S, N>,
  ): Promise<CommandResult<S, E>> {
    const nothing: Aggregate<S> = { ref, state: type.initial, head: EMPTY_HEAD, commands: new Map() };
    try {
      return await this.decideOn(nothing, type, context, decide);
    } catch (error) {
      if (error instanceof StaleVersion) return this.run(type, ref, context, decide);
      const aggregate = await this.repository.load(type, ref).catch(() => nothing);
      const before = repeated(aggregate, context);
      if (!before) throw error;
      return { aggregate, events: [], position: before.position, duplicate: true };
    }
  }

  private async attempt<S, E extends EventEnvelope, N extends NewEvent>(
    type: AggregateType<S, E>,
    ref: AggregateRef,
    context: CommandContext,
    decide: Decide<S, N>,
  ): Promise<CommandResult<S, E>> {
    const aggregate = await this.repository.load(type, ref);
    const before = repeated(aggregate, context);
    if (before) return { aggregate, events: [], position: before.position, duplicate: true };
    return this.decideOn(aggregate, type, context, decide);
  }

  private async decideOn<S, E extends EventEnvelope, N extends NewEvent>(
    aggregate: Aggregate<S>,
    type: AggregateType<S, E>,
    context: CommandContext,
    decide: Decide<S, N>,
  ): Promise<CommandResult<S, E>> {
    const { ref } = aggregate;
    const decided = await decide(aggregate.state, aggregate);
    if (decided.length === 0) return { aggregate, events: [], position: aggregate.head.position, duplicate: false };
    const events = envelopesOf(ref, aggregate.head.version, decided, context);
    const { recorded, position, duplicate } = await this.store.append({ ref, expected: aggregate.head, events });
    if (duplicate) return this.duplicate(type, ref, context, position);
    const after = this.repository.advance(type, aggregate, recorded);
    return { aggregate: after, events: eventsOf<E>(recorded), position, duplicate };
  }

  /** Our own first try, or another replica's, had appended this command: its events are folded by loading again. */
  private async duplicate<S, E extends EventEnvelope>(
    type: AggregateType<S, E>,
    ref: AggregateRef,
    context: CommandContext,
    position: number,
  ): Promise<CommandResult<S, E>> {
    const aggregate = await this.repository.load(type, ref);
    repeated(aggregate, context);
    return { aggregate, events: [], position, duplicate: true };
  }
}

// An aggregate's type names the union of its events; the log holds nothing else under its subject (checked by schema on append).
const eventsOf = <E extends EventEnvelope>(recorded: readonly Recorded[]): E[] => recorded.map(({ event }) => event as E);

function repeated(aggregate: Aggregate<unknown>, context: CommandContext): { readonly position: number } | undefined {
  const before = aggregate.commands.get(context.commandId);
  if (before && before.requestDigest !== context.requestDigest) {
    throw new SlipwayError(
      'idempotency_key_reused',
      'This Idempotency-Key was used for a different request; use a new key, or send the first request again unchanged.',
      { command_id: context.commandId },
    );
  }
  return before;
}

const tooManyRaces = (ref: AggregateRef, attempts: number, cause: StaleVersion): SlipwayError =>
  new SlipwayError(
    'stale_version',
    `The ${ref.type} '${ref.id}' is being changed by others right now; nothing was changed by this request. Try again.`,
    { resource_type: ref.type, resource_id: ref.id, attempts },
    { cause },
  );
