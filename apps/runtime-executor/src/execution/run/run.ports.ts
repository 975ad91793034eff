import type { Clock, CommandRunner, EventStore } from '@slipway/event-sourcing';
import type { SecretStore } from '@slipway/secrets';
import type { Runtimes } from '../../runtime/runtimes';
import type { TargetAccesses } from '../../runtime/target-accesses';
import type { Patience } from './patience';
import type { WorkRoom } from './work-room';

/** A lease that is held: `lost` fires when it cannot be renewed any more. */
export interface Lease {
  readonly lost: AbortSignal;
  release(): Promise<void>;
}
/** Who has a lease, in words. */
export interface LeaseHolder {
  readonly holder: string;
  readonly reason: string;
}
export interface LeaseRequest {
  readonly key: string;
  readonly holder: string;
  readonly executionId: string;
  readonly releaseId: string;
  readonly reason: string;
  /** Of those who wait in this process the first in the order of this text gets it. */
  readonly rank?: string;
  readonly ttlMs: number;
  readonly signal: AbortSignal;
  readonly onWait?: (current: LeaseHolder) => void;
}
/** Implemented by `LeaseLock` of libs/locks. */
export interface Leases {
  /** Waits until the lease is free or its holder has not been heard of for its time; rejects when `signal` fires. */
  acquire(request: LeaseRequest): Promise<Lease>;
  read(key: string): Promise<LeaseHolder | undefined>;
}

export interface Blobs {
  /** Verified against the digest while it is read. */
  get(digest: string): Promise<AsyncIterable<Uint8Array>>;
}

/** Another execution that began in an environment and has not ended. */
export interface UnfinishedExecution {
  readonly executionId: string;
  readonly projectId: string;
  readonly releaseId: string;
  readonly slotId: string;
  readonly status: string;
}
/** Read model `execution-list`. */
export interface UnfinishedExecutions {
  /** Executions that started in the environment and have not ended, as of stream position `upTo` or later. */
  startedIn(environmentId: string, upTo: number): Promise<readonly UnfinishedExecution[]>;
}

export interface LogSink {
  /** Fire and forget: a log line never holds up a step. */
  publish(runId: string, line: { at: string; step: string | null; line: string }): void;
}

export interface RunLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What is counted of executions. */
export interface RunMeter {
  step(name: string, outcome: string, seconds: number): void;
  left(end: string): void;
}

/** Everything that carrying out an execution needs from outside. */
export interface RunPorts {
  readonly store: EventStore;
  readonly runner: CommandRunner;
  readonly clock: Clock;
  readonly leases: Leases;
  readonly blobs: Blobs;
  readonly secrets: SecretStore;
  readonly runtimes: Runtimes;
  readonly accesses: TargetAccesses;
  readonly unfinished: UnfinishedExecutions;
  readonly logs: LogSink;
  readonly logger: RunLogger;
  readonly meter: RunMeter;
  /** Names this process in claims and leases; new at every start, so that an earlier life's claims are another's. */
  readonly executorId: string;
  /** How long a holder may be silent before others take its place. */
  readonly leaseTtlMs: number;
  readonly patience: Patience;
  readonly room: WorkRoom;
}
