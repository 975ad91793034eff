import { SlipwayError, type EventOf, type NewArtifactEvent } from '@slipway/contracts';
import type { Artifact } from './artifact.state';

export type RegisteredContent = EventOf<'artifact.registered'>['detail'];

/**
 * Registers a version once: the same content again is the same artifact, other content is refused (spec 003, section 6).
 * @throws SlipwayError `artifact_immutable`
 */
export function registerArtifact(content: RegisteredContent, teamId: string, artifact: Artifact): NewArtifactEvent[] {
  if (!artifact) return [{ action: 'artifact.registered', status: 'registered', teamId, detail: content }];
  if (artifact.digest === content.digest) return [];
  throw new SlipwayError(
    'artifact_immutable',
    `Version '${content.version}' is registered with other content, and artifacts never change; register this content under a new version.`,
    { artifact_id: artifact.artifact_id, version: content.version, registered_digest: artifact.digest, uploaded_digest: content.digest },
  );
}
