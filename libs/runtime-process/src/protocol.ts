import type { ProcessConnection } from '@slipway/contracts';
import type { ObservedReplica } from '@slipway/runtime-target';
import type { ProcessManifest } from './manifest';

/** What executor and host say to each other: JSON over HTTP on the host's unix socket. Imported by both, runs nothing. */

/** Wire version of the API: an executor that finds another number replaces the host, whose replicas stay up. */
export const HOST_API_VERSION = 2;

export type SlotConnection = Readonly<ProcessConnection>;
/** Replicas wanted, by process name. */
export type Scale = Readonly<Record<string, number>>;
export interface Route {
  readonly releaseId: string;
  readonly percent: number;
}

/** PUT /slots/:slot/releases/:release - makes the release known and scales it. The same release with another manifest is refused. */
export interface EnsureRelease {
  readonly fence: number;
  readonly connection: SlotConnection;
  readonly artifactDigest: string;
  readonly manifestDigest: string;
  readonly manifest: ProcessManifest;
  readonly scale: Scale;
  readonly secrets: Readonly<Record<string, string>>;
}
/** POST /slots/:slot/releases/:release/scale */
export interface ScaleRelease {
  readonly fence: number;
  readonly scale: Scale;
}
/** PUT /slots/:slot/routes - `current`: the release that owns the slot from now on; `window`: a new name starts new figures. */
export interface SetRoutes {
  readonly fence: number;
  readonly routes: readonly Route[];
  readonly current?: string;
  readonly window?: string;
}
/** POST /slots/:slot/releases/:release/remove - after `afterMs` (0: now) its replicas drain and stop. */
export interface RemoveRelease {
  readonly fence: number;
  readonly afterMs: number;
}

/** PUT /slots/:slot/tasks/:effect - starts an admin process of a release, unless the effect is known: then it is what it is. */
export interface RunTask {
  readonly fence: number;
  readonly releaseId: string;
  readonly name: string;
  /** Whose environment it has. */
  readonly process: string;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Not again where its end was lost. */
  readonly once: boolean;
}
/** GET /slots/:slot/tasks/:effect?from= - `text`: whole lines of its output behind byte `from`, as far as `next`. */
export interface TaskStatus {
  readonly state: 'running' | 'ended' | 'lost';
  readonly code: number | null;
  readonly signal: string | null;
  readonly timedOut: boolean;
  readonly text: string;
  readonly next: number;
}

export interface ReleaseStatus {
  readonly releaseId: string;
  readonly artifactDigest: string;
  readonly manifestDigest: string;
  readonly manifest: ProcessManifest;
  readonly scale: Scale;
  readonly removing: boolean;
  /** Epoch milliseconds at which it will be removed; null: stays. */
  readonly removeAt: number | null;
}
export interface SlotStatus {
  readonly slotId: string;
  readonly connection: SlotConnection;
  readonly fence: number;
  readonly port: number | null;
  /** The router listens on `port`. */
  readonly listening: boolean;
  readonly current: string | null;
  readonly routes: readonly Route[];
  readonly window: string | null;
  readonly releases: readonly ReleaseStatus[];
  readonly replicas: readonly ReplicaStatus[];
}
/** A replica as the host keeps it; what it is called in the port's words is the client's to say. */
export interface ReplicaStatus extends Omit<ObservedReplica, 'instanceId' | 'image' | 'node' | 'reason'> {
  /** Three exits without a stable run in between: restarts are backing off. */
  readonly crashLooping: boolean;
  readonly inFlight: number;
}
export interface ReleaseTraffic {
  readonly releaseId: string;
  readonly window: string | null;
  readonly requests: number;
  readonly errors: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
}

export type JournalKind =
  | 'host_started'
  | 'replica_started'
  | 'replica_ready'
  | 'replica_unready'
  | 'replica_exited'
  | 'replica_lost'
  | 'replica_stopped'
  | 'replica_killed'
  | 'replica_adopted'
  | 'orphan_stopped'
  | 'slot_whole'
  | 'slot_unreadable'
  | 'port_taken'
  | 'release_scaled'
  | 'routes_set'
  | 'removal_failed'
  | 'release_removed';
/** What happened, in order. `unexpected`: by itself, to the release that owns the slot. */
export interface JournalEntry {
  readonly sequence: number;
  readonly at: string;
  readonly kind: JournalKind;
  readonly slotId: string | null;
  readonly releaseId: string | null;
  readonly replica: string | null;
  readonly detail: string;
  readonly unexpected: boolean;
}
export interface JournalPage {
  readonly entries: readonly JournalEntry[];
  readonly last: number;
}
export interface HostHealth {
  readonly apiVersion: number;
  readonly pid: number;
  readonly startedAt: string;
  readonly rssBytes: number;
}
export interface HostError {
  readonly code:
    | 'stale_fence'
    | 'invalid_request'
    | 'unknown_resource'
    | 'artifact_invalid'
    | 'artifact_too_large'
    | 'resource_in_use'
    | 'unavailable'
    | 'internal';
  readonly message: string;
}
