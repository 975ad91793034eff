import type { ArtifactManifest } from '@slipway/contracts';
import type { TargetAccess } from '../access';
import type { RuntimeTarget } from '../runtime-target';

/**
 * How the sample server of an artifact behaves. All answer `GET /` with `{"version": ...}` (SLIPWAY_ARTIFACT_VERSION) and
 * `GET /healthz`: `well`; `never-ready` (its readiness never comes); `crashing` (says `cannot start: the database is not there` on
 * stderr and exits with 3 at once); `erring` (every second answer is a 500, probes are fine); `unhealthy` (ready, but `/healthz`
 * answers 500).
 */
export type SampleBehaviour = 'well' | 'never-ready' | 'crashing' | 'erring' | 'unhealthy';

export interface SampleArtifact {
  readonly digest: string;
  readonly version: string;
  readonly manifest: ArtifactManifest;
  /** Files that its manifest names. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
  open(): AsyncIterable<Uint8Array>;
}

/** What a runtime may declare that it cannot do; each with a reason, which the skipped specs show. */
export type Cannot = Partial<
  Record<
    /** No figures per release where the requests pass. */
    | 'measure-at-router'
    /** No admin processes: migrations and hooks. */
    | 'run-tasks'
    /** Nothing but a replica can be changed behind its back. */
    | 'be-tampered-with',
    string
  >
>;

/** What a runtime gives the conformance suite. */
export interface RuntimeHarness {
  readonly target: RuntimeTarget;
  readonly access: TargetAccess;
  /** How much longer than a process on this machine things take there; multiplies every deadline. Default 1. */
  readonly patience?: number;
  /** What a share of the traffic is a share of; where it is connections, each request of the load has one of its own, and chance has its part. Default: requests. */
  readonly balances?: 'requests' | 'connections';
  /** Where what was told to go drains for seconds, `slowly`, it does not count any more; only a removal is awaited to its end. Default: at once. */
  readonly drains?: 'slowly';
  /** Another client of the same place, as a second executor would be. */
  another(): RuntimeTarget;
  /** A sample server with one serving process `web` of `replicas` replicas. */
  sample(version: string, behaviour: SampleBehaviour, replicas: number): Promise<SampleArtifact>;
  /** Where a slot's traffic can be asked for from this machine; default: the observed url. */
  urlOf?(slotId: string): Promise<string>;
  /** Ends one running replica of the slot behind the runtime's back. */
  killReplica(slotId: string): Promise<void>;
  /** Changes something of the slot behind the runtime's back, as a hurried person would; the text by which a finding must name it. */
  tamper?(slotId: string): Promise<string>;
  /** An admin process of the sample that prints `task <word>` and ends well; for the word `failing` it exits with 7 after that. */
  taskCommand?(word: string): readonly string[];
  /** After each spec, with its slots: lets go of what it left running, where that costs the next ones. */
  rest?(slotIds: readonly string[]): Promise<void>;
  close(): Promise<void>;
}
