import type { RenderedManifest } from './runtime-target';

/** One replica as the target shows it: a process, a container, a pod. */
export interface ObservedReplica {
  readonly name: string;
  readonly process: string;
  /** Which one it is: another after every replacement. A process identity, container id or pod uid. */
  readonly instanceId: string;
  readonly releaseId: string;
  readonly artifactDigest: string;
  readonly manifestDigest: string;
  /** The image that runs, by digest, as the target resolved it; null where no image runs. */
  readonly image: string | null;
  /** Where it runs: a host or node; null: on the executor's own host. */
  readonly node: string | null;
  readonly pid: number | null;
  readonly port: number | null;
  readonly state: 'starting' | 'running' | 'stopping' | 'exited' | 'crashed' | 'unknown';
  /** Why it is in its state, in the target's word (CrashLoopBackOff, OOMKilled, unhealthy, ...); null: nothing to say. */
  readonly reason: string | null;
  readonly ready: boolean;
  readonly restarts: number;
  readonly startedAt: string | null;
  readonly lastExit: { readonly code: number | null; readonly signal: string | null; readonly at: string } | null;
}

/** What a slot is seen to run, now. `releaseId` is the release that receives the traffic; null: nothing runs. */
export interface Observation {
  readonly slotId: string;
  readonly releaseId: string | null;
  readonly manifest: RenderedManifest | null;
  readonly manifestDigest: string | null;
  readonly artifactDigest: string | null;
  readonly url: string | null;
  readonly fence: number;
  readonly replicas: readonly ObservedReplica[];
  readonly routes: readonly { readonly releaseId: string; readonly percent: number }[];
  readonly observedAt: string;
}

/** Traffic figures of a window, measured where the requests pass. Latencies in milliseconds; undefined below one request. */
export interface TrafficMetrics {
  readonly releaseId: string;
  readonly requests: number;
  readonly errors: number;
  readonly errorRate: number;
  readonly p50Ms: number | undefined;
  readonly p95Ms: number | undefined;
  readonly p99Ms: number | undefined;
}

export interface VerificationCheck {
  readonly name: string;
  readonly verdict: 'pass' | 'fail' | 'inconclusive';
  readonly message: string;
  readonly observed: Record<string, unknown>;
}

/** `what` names the thing, `detail` what about it: for `changed`, the field with the value wanted and the value found. */
export interface DriftFinding {
  readonly kind: 'missing' | 'changed' | 'extra';
  readonly what: string;
  readonly detail: string;
}
