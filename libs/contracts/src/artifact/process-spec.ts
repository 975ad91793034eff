import { Type, type Static } from 'typebox';
import { Closed, Text } from '../platform/envelope';
import { NameSchema } from '../platform/names';

const EnvName = Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]{0,127}$' });
/** Environment of a process: names as POSIX allows, values up to 8 KiB. */
export const EnvSchema = Type.Record(EnvName, Text(8192), { maxProperties: 200, additionalProperties: false });
const PortNumber = Type.Integer({ minimum: 1, maximum: 65535 });

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

const Argv = (description: string) => Type.Array(Text(4096, { minLength: 1 }), { minItems: 1, maxItems: 100, description });

/** Requests and limits of one replica; the process runtime has none to give. */
export const ResourcesSchema = Closed({
  cpu_request_millis: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
  cpu_limit_millis: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
  memory_request_mib: Type.Optional(Type.Integer({ minimum: 4, maximum: 16_777_216 })),
  memory_limit_mib: Type.Optional(Type.Integer({ minimum: 4, maximum: 16_777_216 })),
});
export type Resources = Static<typeof ResourcesSchema>;

/** A volume that outlives releases: a named volume of Compose, a PersistentVolumeClaim of Kubernetes. Never a path of the host. */
export const VolumeSchema = Closed({
  name: NameSchema,
  mount_path: Type.String({ pattern: '^/[^:\\\\]*$', maxLength: 500 }),
  size_mib: Type.Optional(Type.Integer({ minimum: 1, maximum: 67_108_864, description: 'Kubernetes; default 1024' })),
  read_only: Type.Optional(Type.Boolean()),
});
export type Volume = Static<typeof VolumeSchema>;

/** One process of an application: a command in the unpacked artifact (process runtime), or an image (Compose, Kubernetes), or both. */
export const ProcessSpecSchema = Closed({
  command: Type.Optional(
    Argv('File and arguments; never a shell string. Runs in the unpacked artifact; in a container it replaces what the image starts'),
  ),
  image: Type.Optional(
    Text(500, { minLength: 1, description: 'Image by digest, name@sha256:...; without a digest the preview has a failed check' }),
  ),
  env: Type.Optional(EnvSchema),
  port: Type.Optional(
    Type.Union([Type.Boolean(), PortNumber], {
      description:
        'Serves HTTP and gets the traffic of the service; at most one process of an artifact. true: on the port given to it in PORT; a number: on that port of the container',
    }),
  ),
  internal_ports: Type.Optional(
    Type.Array(PortNumber, { minItems: 1, maxItems: 20, description: 'Ports on which the other processes reach it, by its name' }),
  ),
  replicas: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })),
  resources: Type.Optional(ResourcesSchema),
  volumes: Type.Optional(Type.Array(VolumeSchema, { maxItems: 20 })),
  stop_grace_ms: Type.Optional(Type.Integer({ minimum: 0, maximum: 300_000, description: 'From SIGTERM to SIGKILL' })),
  probes: Type.Optional(
    Closed({ startup: Type.Optional(ProbeSchema), readiness: Type.Optional(ProbeSchema), liveness: Type.Optional(ProbeSchema) }),
  ),
});
export type ProcessSpec = Static<typeof ProcessSpecSchema>;

const Task = {
  process: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 63,
      description: 'Whose image, environment and volumes it has; default: the process with the port',
    }),
  ),
  command: Argv('File and arguments of an admin process that runs once'),
  env: Type.Optional(EnvSchema),
  timeout_ms: Type.Optional(Type.Integer({ minimum: 1000, maximum: 3_600_000, description: 'Default 10 minutes' })),
};
/** Runs before the update or after it. */
export const HookSchema = Closed({
  name: NameSchema,
  ...Task,
  on_rollback: Type.Optional(Type.Boolean({ description: 'Runs when a rollback brings this release back, too' })),
  one_way: Type.Optional(Type.Boolean({ description: 'Cannot be undone by a rollback' })),
});
export type Hook = Static<typeof HookSchema>;
/** A data migration (spec 004): an idempotent admin process, in the environment of the application, before the update. */
export const MigrationSchema = Closed({
  ...Task,
  one_way: Type.Boolean({ description: 'true: the version before cannot work with the migrated data; a rollback then warns' }),
});
export type Migration = Static<typeof MigrationSchema>;
