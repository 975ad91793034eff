import { aggregateSubject, SlipwayError, type AggregateRef, type EventEnvelope } from '@slipway/contracts';
import { AggregateCache } from './aggregate-cache';
import type { Aggregate, AggregateType } from './command';
import { EMPTY_HEAD, headOf, type EventStore, type Recorded } from './event-store';

/** How many of an aggregate's latest commands are remembered for "this command ran before". */
const REMEMBERED_COMMANDS = 1024;

/**
 * Aggregates folded up to their heads. A load is one read at the leader: of the head alone when the cache has the rest,
 * else of the events that the cache lacks, by sequence.
 */
export class AggregateRepository {
  private readonly cache: AggregateCache;

  constructor(
    private readonly store: EventStore,
    cacheSize = 1000,
  ) {
    this.cache = new AggregateCache(cacheSize);
  }

  /** Always at the head at the time of the call. @throws SlipwayError `dependency_unavailable`, `log_behind_checkpoint` */
  async load<S, E extends EventEnvelope>(type: AggregateType<S, E>, ref: AggregateRef): Promise<Aggregate<S>> {
    const cached = this.cached(type, ref);
    return this.advance(type, cached, await this.store.read(ref, cached.head.position));
  }

  /** The aggregate with further events folded in; kept for the next load. */
  advance<S, E extends EventEnvelope>(type: AggregateType<S, E>, from: Aggregate<S>, recorded: readonly Recorded[]): Aggregate<S> {
    const [first, last] = [recorded[0], recorded.at(-1)];
    if (!first || !last) return from;
    if (first.previousDigest !== from.head.digest) throw notTheSameLog(from);
    const aggregate: Aggregate<S> = {
      ref: from.ref,
      // A type names the union of its aggregate's events, and schemas keep anything else out of the log.
      state: recorded.reduce((state, { event }) => type.evolve(state, event as E), from.state),
      head: headOf(last),
      commands: remember(from.commands, recorded),
    };
    this.cache.put(aggregateSubject(from.ref), aggregate);
    return aggregate;
  }

  private cached<S, E extends EventEnvelope>(type: AggregateType<S, E>, ref: AggregateRef): Aggregate<S> {
    // In one process one type folds a kind of aggregate, and the key names the kind.
    const cached = this.cache.get(aggregateSubject(ref)) as Aggregate<S> | undefined;
    return cached ?? { ref, state: type.initial, head: EMPTY_HEAD, commands: new Map() };
  }
}

/** What this process had folded is not what the log now continues: the log was set back, and has gone on differently. */
const notTheSameLog = ({ ref, head }: Aggregate<unknown>): SlipwayError =>
  new SlipwayError(
    'log_behind_checkpoint',
    `The event log does not continue what was known of ${ref.type} '${ref.id}' at version ${head.version}: it has lost data. Run 'slipway log verify'.`,
    { resource_type: ref.type, resource_id: ref.id, version: head.version },
  );

function remember(before: Aggregate<unknown>['commands'], recorded: readonly Recorded[]): Aggregate<unknown>['commands'] {
  const commands = new Map(before);
  for (const { event, position } of recorded) {
    commands.delete(event.command_id);
    commands.set(event.command_id, { position, requestDigest: event.request_digest });
  }
  for (const oldest of commands.keys()) {
    if (commands.size <= REMEMBERED_COMMANDS) break;
    commands.delete(oldest);
  }
  return commands;
}
