import type { Sql } from './projection';

/** Something that is due. */
export interface Due {
  readonly id: string;
  /** Since when, as the database writes it: with the id, the place in the order. */
  readonly since: string;
}

/**
 * A timer that survives restarts, because it is derived from a read model: what is due follows from rows. Runs on one
 * replica. The command that `expire` gives decides on state folded up to the head, so a stale row does no harm.
 */
export interface ExpirySweep {
  /** Kebab-case, unique in the service. */
  readonly name: string;
  /** When the next thing is due; `null` when nothing is to come. */
  nextDue(sql: Sql): Promise<Date | null>;
  /** A page of what is due at `now`, the longest overdue first; behind `last`, the last of the page before. Empty: no more. */
  due(sql: Sql, now: Date, last?: Due): Promise<readonly Due[]>;
  /** A SlipwayError of category rule_violation or not_found means "nothing to do"; any other is retried. */
  expire(id: string): Promise<void>;
}
