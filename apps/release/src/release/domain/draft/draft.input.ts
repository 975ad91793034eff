import type {
  ActorType,
  ArtifactManifest,
  EnvironmentPolicy,
  EnvironmentType,
  GateVerdict,
  PinnedVariables,
  ReleasePlan,
  ReleaseStatus,
  ReleaseSubject,
} from '@slipway/contracts';

/** One of the slot's latest releases, newest first. */
export interface PastRelease {
  readonly releaseId: string;
  readonly status: ReleaseStatus;
  readonly variables: PinnedVariables;
}

/** A time in which a slot of an environment ran the content; `until` null: it still does. Content that was taken back there has none. */
export interface RunThere {
  readonly environment: string;
  readonly since: string;
  readonly until: string | null;
}

/** Everything that a draft is judged by; gathered before, so that judging is pure. */
export interface DraftInput {
  readonly subject: ReleaseSubject;
  readonly plan: Pick<ReleasePlan, 'actions' | 'diff' | 'diff_truncated' | 'checks' | 'risk_reasons'>;
  readonly policy: EnvironmentPolicy;
  readonly environmentType: EnvironmentType;
  readonly artifact: {
    readonly manifest: ArtifactManifest;
    readonly sourceRevision: string | null;
    /** Its content is in the blob store under its digest. */
    readonly stored: boolean;
  };
  readonly slot: {
    readonly current: { readonly releaseId: string; readonly artifactVersion: string; readonly artifactDigest: string } | null;
    readonly hold: { readonly by: string; readonly since: string; readonly reason: string } | null;
  };
  /** A release being executed in the slot; null: none. */
  readonly busyWith: string | null;
  readonly past: readonly PastRelease[];
  readonly actorType: ActorType;
  /** Whether an apply could begin there now. */
  readonly gate: GateVerdict;
  /** Where this content has run; read only where the policy asks for promotion. */
  readonly ranIn: readonly RunThere[];
  /** RFC 3339, UTC. */
  readonly now: string;
}
