import type { Sql } from './projection';

/**
 * A timer that survives restarts, because it is derived from a read model: what is due follows from rows. Runs on one
 * replica. The command that `expire` gives decides on state folded up to the head, so a stale row does no harm.
 */
export interface ExpirySweep {
  /** Kebab-case, unique in the service. */
  readonly name: string;
  /** When the next thing is due; `null` when nothing is to come. */
  nextDue(sql: Sql): Promise<Date | null>;
  /** Ids of what is due at `now`, the longest overdue first, bounded by the query. */
  due(sql: Sql, now: Date): Promise<readonly string[]>;
  /** A SlipwayError of category rule_violation or not_found means "nothing to do"; any other is retried. */
  expire(id: string): Promise<void>;
}
