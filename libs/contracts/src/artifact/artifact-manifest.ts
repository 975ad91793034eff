import { Type, type Static } from 'typebox';
import { Closed, Text } from '../platform/envelope';
import { NameSchema } from '../platform/names';

const EnvName = Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]{0,127}$' });
/** Environment of a process: names as POSIX allows, values up to 8 KiB. */
export const EnvSchema = Type.Record(EnvName, Text(8192), { maxProperties: 200, additionalProperties: false });

/** An HTTP probe. Times in milliseconds. Vocabulary and defaults follow Kubernetes probes. */
export const ProbeSchema = Closed({
  path: Type.String({ pattern: '^/', maxLength: 1000 }),
  period_ms: Type.Optional(Type.Integer({ minimum: 50, maximum: 300_000 })),
  timeout_ms: Type.Optional(Type.Integer({ minimum: 50, maximum: 60_000 })),
  failure_threshold: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  success_threshold: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  initial_delay_ms: Type.Optional(Type.Integer({ minimum: 0, maximum: 600_000 })),
});
export type Probe = Static<typeof ProbeSchema>;

export const ProcessSpecSchema = Closed({
  command: Type.Array(Text(4096, { minLength: 1 }), {
    minItems: 1,
    maxItems: 100,
    description: 'File and arguments; never a shell string. Runs in the unpacked artifact',
  }),
  env: Type.Optional(EnvSchema),
  port: Type.Optional(
    Type.Boolean({
      description: 'Serves HTTP on the port given to it in PORT; at most one process of an artifact, and the router sends it the traffic',
    }),
  ),
  replicas: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })),
  stop_grace_ms: Type.Optional(Type.Integer({ minimum: 0, maximum: 300_000, description: 'From SIGTERM to SIGKILL' })),
  probes: Type.Optional(
    Closed({ startup: Type.Optional(ProbeSchema), readiness: Type.Optional(ProbeSchema), liveness: Type.Optional(ProbeSchema) }),
  ),
});
export type ProcessSpec = Static<typeof ProcessSpecSchema>;

export const SmokeTestSchema = Closed({
  name: NameSchema,
  path: Type.String({ pattern: '^/', maxLength: 1000 }),
  expect_status: Type.Optional(Type.Integer({ minimum: 100, maximum: 599 })),
  expect_body: Type.Optional(Text(2000, { description: 'The body must contain this' })),
});

/** `slipway.yaml` (or .json) at the root of an artifact: how to run it and how to tell that it is well. */
export const ArtifactManifestSchema = Closed({
  api_version: Type.Literal('slipway/v1'),
  processes: Type.Record(NameSchema, ProcessSpecSchema, { minProperties: 1, maxProperties: 20, additionalProperties: false }),
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
