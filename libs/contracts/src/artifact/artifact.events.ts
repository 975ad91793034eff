import { Type } from 'typebox';
import { Closed, Text, type EventsOf, type NewEventsOf } from '../platform/envelope';
import { DigestSchema, IdSchema } from '../platform/names';
import { ArtifactManifestSchema } from './artifact-manifest';

export const VersionSchema = Type.String({
  pattern: '^[A-Za-z0-9]([A-Za-z0-9._+-]{0,126}[A-Za-z0-9])?$',
  maxLength: 128,
  description: 'Version of an artifact: unique within its service',
});

export const artifactEvents = {
  'artifact.registered': Closed({
    service_id: IdSchema,
    version: VersionSchema,
    digest: DigestSchema,
    size_bytes: Type.Integer({ minimum: 0 }),
    files: Type.Integer({ minimum: 0 }),
    manifest: ArtifactManifestSchema,
    change_id: Type.Union([IdSchema, Type.Null()]),
    source_revision: Type.Union([Text(200), Type.Null()]),
  }),
};
export type ArtifactEvent = EventsOf<typeof artifactEvents>;
export type NewArtifactEvent = NewEventsOf<typeof artifactEvents>;
