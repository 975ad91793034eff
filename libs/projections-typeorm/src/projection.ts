import type { Recorded } from '@slipway/event-sourcing';

/** The projection's transaction; table names are unqualified (search_path is set to the schema being written). */
export interface Sql {
  query<Row = Record<string, unknown>>(text: string, parameters?: readonly unknown[]): Promise<Row[]>;
}

/**
 * A read model: rows that follow from the log alone, so that dropping and replaying gives the same bytes. No clock, no
 * randomness, no serial ids in `apply`. Hot ones write with `unnest` (DEPENDENCIES.md).
 */
export interface Projection {
  /** Kebab-case, unique in the service: the checkpoint's key. */
  readonly name: string;
  /** NATS subject filters. */
  readonly subjects: readonly string[];
  /** Tables that this projection alone writes; a rebuild fills copies of them and swaps. */
  readonly tables: readonly string[];
  /** Applies a batch in order. Runs inside the transaction that moves the checkpoint. */
  apply(events: readonly Recorded[], sql: Sql): Promise<void>;
}

/**
 * Turns an event into the next command of its own service. Idempotent: ids derive from the cause, and the decision is
 * taken on state folded up to the head. A SlipwayError of category rule_violation or not_found means "nothing to do"
 * and is logged; any other error is retried with backoff, and the checkpoint stays.
 */
export interface Reaction {
  readonly name: string;
  readonly subjects: readonly string[];
  react(event: Recorded): Promise<void>;
}
