import type { ArtifactManifest, TargetConnection } from '@slipway/contracts';
import type { RuntimeTarget } from '../runtime-target';

/**
 * How the sample server of an artifact behaves. All answer `GET /` with `{"version": ...}` and `GET /healthz`:
 * `well`; `never-ready` (its readiness never comes); `crashing` (exits at once); `erring` (every second answer is a 500, probes
 * are fine); `unhealthy` (ready, but `/healthz` answers 500).
 */
export type SampleBehaviour = 'well' | 'never-ready' | 'crashing' | 'erring' | 'unhealthy';

export interface SampleArtifact {
  readonly digest: string;
  readonly version: string;
  readonly manifest: ArtifactManifest;
  open(): AsyncIterable<Uint8Array>;
}

/** What a runtime gives the conformance suite. */
export interface RuntimeHarness {
  readonly target: RuntimeTarget;
  readonly connection: TargetConnection;
  /** Another client of the same place, as a second executor would be. */
  another(): RuntimeTarget;
  /** A sample server with one serving process `web` of `replicas` replicas. */
  sample(version: string, behaviour: SampleBehaviour, replicas: number): Promise<SampleArtifact>;
  /** Ends one running replica of the slot behind the runtime's back. */
  killReplica(slotId: string): Promise<void>;
  close(): Promise<void>;
}
