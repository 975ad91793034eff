import { Type, type Static } from 'typebox';
import { Closed, Text } from '../platform/envelope';
import { NameSchema } from '../platform/names';
import { HookSchema, MigrationSchema, ProbeSchema, ProcessSpecSchema } from './process-spec';

export const SmokeTestSchema = Closed({
  name: NameSchema,
  path: Type.String({ pattern: '^/', maxLength: 1000 }),
  expect_status: Type.Optional(Type.Integer({ minimum: 100, maximum: 599 })),
  expect_body: Type.Optional(Text(2000, { description: 'The body must contain this' })),
});

const FilePath = Type.String({ pattern: '^[A-Za-z0-9_][A-Za-z0-9._/-]*$', maxLength: 300, description: 'File of the artifact' });
const served = (what: string) => ({
  name: Type.String({ minLength: 1, maxLength: 63, description: what }),
  port: Type.Integer({ minimum: 1, maximum: 65535 }),
});

/** Somebody's own Compose file; judged by an allow-list before anything is connected to. */
export const ComposeSourceSchema = Closed({
  file: FilePath,
  serves: Type.Optional(
    Closed({
      ...served('Service of the file that gets the traffic'),
      probes: Type.Optional(
        Closed(
          { startup: Type.Optional(ProbeSchema), readiness: Type.Optional(ProbeSchema) },
          { description: 'Asked by the proxy at `port`; without a readiness probe any answer at / will do' },
        ),
      ),
    }),
  ),
});
/** Somebody's own manifests, one or more documents per file. */
export const KubernetesSourceSchema = Closed({
  files: Type.Array(FilePath, { minItems: 1, maxItems: 50 }),
  serves: Type.Optional(Closed(served('Deployment that gets the traffic'))),
});

/**
 * `slipway.yaml` (or .json) at the root of an artifact: how to run it and how to tell that it is well. What runs is said once:
 * `processes`, which every runtime renders for itself, or the runtime's own language in `compose` or `kubernetes`.
 */
export const ArtifactManifestSchema = Closed({
  api_version: Type.Literal('slipway/v1'),
  processes: Type.Optional(
    Type.Record(NameSchema, ProcessSpecSchema, { minProperties: 1, maxProperties: 20, additionalProperties: false }),
  ),
  compose: Type.Optional(ComposeSourceSchema),
  kubernetes: Type.Optional(KubernetesSourceSchema),
  migration: Type.Optional(MigrationSchema),
  hooks: Type.Optional(
    Closed({
      before: Type.Optional(Type.Array(HookSchema, { maxItems: 10 })),
      after: Type.Optional(Type.Array(HookSchema, { maxItems: 10 })),
    }),
  ),
  verification: Type.Optional(
    Closed({
      health: Type.Optional(
        Closed({
          path: Type.String({ pattern: '^/', maxLength: 1000 }),
          expect_status: Type.Optional(Type.Integer({ minimum: 100, maximum: 599 })),
        }),
      ),
      smoke: Type.Optional(Type.Array(SmokeTestSchema, { maxItems: 50 })),
      watch_ms: Type.Optional(
        Type.Integer({ minimum: 0, maximum: 600_000, description: 'How long the released version must stay healthy' }),
      ),
    }),
  ),
});
export type ArtifactManifest = Static<typeof ArtifactManifestSchema>;

/** Files of the artifact that a runtime reads to render it. */
export const manifestFiles = ({ compose, kubernetes }: ArtifactManifest): readonly string[] => [
  ...(compose ? [compose.file] : []),
  ...(kubernetes?.files ?? []),
];

/** What gets the service's traffic, by the manifest alone; undefined: the artifact serves nothing. */
export function servingProcessOf({ processes, compose, kubernetes }: ArtifactManifest): string | undefined {
  const own = Object.entries(processes ?? {}).find(([, { port }]) => port !== undefined && port !== false);
  return own?.[0] ?? (compose ?? kubernetes)?.serves?.name;
}
