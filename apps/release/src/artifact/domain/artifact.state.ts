import type { ArtifactEvent, ArtifactView } from '@slipway/contracts';
import type { AggregateType } from '@slipway/event-sourcing';

/** One immutable build output; null: this version has not been registered. */
export type Artifact = ArtifactView | null;

export function evolve(artifact: Artifact, event: ArtifactEvent): Artifact {
  if (artifact || event.action !== 'artifact.registered') return artifact;
  const { service_id, version, digest, size_bytes, files, manifest, change_id, source_revision } = event.detail;
  return {
    artifact_id: event.resource_id,
    project_id: event.project_id,
    service_id,
    version,
    digest,
    size_bytes,
    files,
    manifest,
    change_id,
    source_revision,
    registered_by: event.actor_id,
    registered_at: event.occurred_at,
  };
}

export const artifactType: AggregateType<Artifact, ArtifactEvent> = { type: 'artifact', initial: null, evolve };
