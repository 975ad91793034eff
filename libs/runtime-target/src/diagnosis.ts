/** One replica that is not well, and all that the target says about it. Texts are untrusted. */
export interface ReplicaDiagnosis {
  readonly name: string;
  readonly process: string;
  readonly releaseId: string;
  readonly state: string;
  /** The target's word: CrashLoopBackOff, ErrImagePull, OOMKilled, Unschedulable, unhealthy, ...; null: none. */
  readonly reason: string | null;
  readonly message: string | null;
  readonly ready: boolean;
  readonly restarts: number;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly oomKilled: boolean;
  readonly image: string | null;
  /** The probe that fails and what it got; null: none does. */
  readonly failingProbe: string | null;
  /** The last lines that it wrote, oldest first; at most 50, of this run or the one that crashed. */
  readonly lastLines: readonly string[];
}

/** Something that the target reports about the slot: a Kubernetes event, a Docker event, an entry of the host's journal. */
export interface TargetEventNote {
  readonly at: string | null;
  readonly severity: 'normal' | 'warning';
  readonly subject: string;
  readonly reason: string;
  readonly message: string;
  readonly count: number;
}

/** Why a slot is as it is. `summary` is one line for a person: what is wrong, with which replica, and what it said last. */
export interface Diagnosis {
  readonly summary: string;
  readonly replicas: readonly ReplicaDiagnosis[];
  /** Newest last; at most 50. */
  readonly events: readonly TargetEventNote[];
}

export interface FollowLogsOptions {
  readonly releaseId?: string;
  readonly process?: string;
  readonly replica?: string;
  /** Lines not older than this. */
  readonly sinceSeconds?: number;
  /** Last lines of each replica to begin with; default 100. */
  readonly tail?: number;
  /** Go on with what is written from now on, new replicas included, until the signal aborts; false: end after the last line. */
  readonly follow: boolean;
}
export interface WorkloadLogLine {
  readonly releaseId: string;
  readonly process: string;
  readonly replica: string;
  /** When it was written, where the target knows. */
  readonly at: string | null;
  readonly line: string;
}
