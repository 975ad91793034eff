import type { ProjectionStatus } from '@slipway/contracts';
import type { EventBatch, EventStore } from '@slipway/event-sourcing';
import type { Checkpoint } from './checkpoint';
import type { LeaseSession } from './lease-session';
import type { LogIntegrity } from './log-integrity';
import type { Positions } from './positions';

/** What a follower does with the log: a projection writes rows, a reaction runs commands. */
export interface Handler {
  readonly kind: ProjectionStatus['kind'];
  readonly name: string;
  readonly subjects: readonly string[];
  readonly maxBatch: number;
  /** Called when this replica has become the active one. @returns the stored checkpoint. */
  open(): Promise<Checkpoint>;
  /** The stored checkpoint, read by anyone at any time. */
  stored(): Promise<Checkpoint>;
  /** Applies a batch and moves the checkpoint. @returns the new one. */
  apply(batch: EventBatch, checkpoint: Checkpoint, signal: AbortSignal): Promise<Checkpoint>;
}

/** Where followers tell what they do; pino's shape. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What all followers of a service share. */
export interface FollowerContext {
  readonly store: EventStore;
  readonly leases: LeaseSession;
  readonly positions: Positions;
  readonly integrity: LogIntegrity;
  readonly timing: FollowerTiming;
  readonly log: Log;
}

export interface FollowerTiming {
  /** No progress for this long while the log or the stored checkpoint moved: start anew (RELIABILITY.md: consumers stall). */
  readonly stallMs: number;
  /** After a batch at the end of the log, a projection lets events gather for this long. */
  readonly gatherMs: number;
  /** Progress over events of others is written down this late; sooner where a replica asks for it. */
  readonly deferMs: number;
  readonly firstBackoffMs: number;
  readonly longestBackoffMs: number;
  /** A stand-by looks at the log itself when it has waited this long. */
  readonly standbyCheckMs: number;
}

export const FOLLOWER_TIMING: FollowerTiming = {
  stallMs: 15_000,
  gatherMs: 100,
  deferMs: 1_000,
  firstBackoffMs: 100,
  longestBackoffMs: 10_000,
  standbyCheckMs: 2_000,
};
