import { Type, type Static } from 'typebox';
import { Closed, Text } from '../platform/envelope';
import { DigestSchema, IdSchema, RefSchema, TimestampSchema } from '../platform/names';
import { ArtifactManifestSchema } from './artifact-manifest';
import { VersionSchema } from './artifact.events';

/** The fields that go with an uploaded tarball (plain or gzip). */
export const RegisterArtifactSchema = Closed({
  project: RefSchema,
  service: RefSchema,
  version: VersionSchema,
  change: Type.Optional(RefSchema),
  source_revision: Type.Optional(Text(200, { minLength: 1 })),
});
export type RegisterArtifact = Static<typeof RegisterArtifactSchema>;

export const ArtifactViewSchema = Closed({
  artifact_id: IdSchema,
  project_id: IdSchema,
  service_id: IdSchema,
  version: VersionSchema,
  digest: DigestSchema,
  size_bytes: Type.Integer(),
  files: Type.Integer(),
  manifest: ArtifactManifestSchema,
  change_id: Type.Union([IdSchema, Type.Null()]),
  source_revision: Type.Union([Type.String(), Type.Null()]),
  registered_by: Type.String(),
  registered_at: TimestampSchema,
});
export type ArtifactView = Static<typeof ArtifactViewSchema>;
