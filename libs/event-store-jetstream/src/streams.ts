import { BUCKETS, SlipwayError, STREAMS } from '@slipway/contracts';
import {
  DiscardPolicy,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
  type JetStreamManager,
  type StreamConfig,
} from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import { Objm } from '@nats-io/obj';
import { nanos, type NatsConnection } from '@nats-io/transport-node';

const DAY_MS = 24 * 60 * 60 * 1000;
/** What the logs of executions may take of a server's disk, which the events need more: 2 GiB. */
export const LOGS_MAX_BYTES = 2 * 1024 ** 3;

export interface StreamOptions {
  /** 1, or 3 in a cluster. Left out, new streams have one and present ones keep what they have. */
  readonly replicas?: number;
  /** Bytes of log lines on each server; the oldest are dropped for new ones. Left out: LOGS_MAX_BYTES, or what is set already. */
  readonly logsMaxBytes?: number;
}
type Definition = Partial<StreamConfig> & { readonly name: string };

/** Values that the server leaves out of its answer when they are at their default. */
const UNSET: Partial<StreamConfig> = {
  max_msgs: -1,
  max_bytes: -1,
  max_msgs_per_subject: -1,
  max_msg_size: -1,
  max_age: 0,
  sealed: false,
  allow_rollup_hdrs: false,
  allow_msg_ttl: false,
  no_ack: false,
};

/** What the log must never have: anything that drops, rewrites, delays or lets go of a message. */
const FORBIDDEN = [
  'mirror',
  'sources',
  'subject_transform',
  'republish',
  'persist_mode',
  'allow_msg_counter',
  'allow_msg_schedules',
  'allow_batched',
] as const;

/** Configuration of the streams that this platform makes itself (RELIABILITY.md, Append). */
export const streamDefinitions = ({ replicas = 1, logsMaxBytes = LOGS_MAX_BYTES }: StreamOptions = {}): Definition[] => [
  {
    name: STREAMS.events,
    subjects: ['events.>'],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.New,
    num_replicas: replicas,
    duplicate_window: nanos(120_000),
    deny_delete: true,
    deny_purge: true,
    allow_atomic: true,
    allow_direct: true,
    ...UNSET,
  },
  {
    name: STREAMS.logs,
    subjects: ['logs.>'],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.Old,
    num_replicas: replicas,
    max_age: nanos(30 * DAY_MS),
    max_bytes: logsMaxBytes,
    allow_direct: true,
  },
  {
    name: STREAMS.health,
    subjects: ['health.>'],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.Old,
    num_replicas: replicas,
    max_msgs_per_subject: 1,
    max_age: nanos(DAY_MS),
    allow_direct: true,
  },
];

/** The administrator's step: creates what is missing, then reads everything back. @throws SlipwayError `internal` on a difference */
export async function ensureStreams(connection: NatsConnection, options: StreamOptions = {}): Promise<void> {
  const manager = await jetstreamManager(connection);
  const present = new Set<string>();
  for await (const name of manager.streams.names()) present.add(name);
  for (const definition of streamDefinitions(options)) {
    if (!present.has(definition.name)) await manager.streams.add({ ...definition });
  }
  const { replicas = 1 } = options;
  if (!present.has(`OBJ_${BUCKETS.blobs}`)) await new Objm(connection).create(BUCKETS.blobs, { storage: StorageType.File, replicas });
  if (!present.has(`KV_${BUCKETS.locks}`))
    await new Kvm(connection).create(BUCKETS.locks, { history: 1, storage: StorageType.File, replicas });
  for (const bucket of [BUCKETS.secrets, BUCKETS.endpoints]) {
    if (!present.has(`KV_${bucket}`)) await new Kvm(connection).create(bucket, { history: 5, storage: StorageType.File, replicas });
  }
  if (options.replicas !== undefined) await setReplicas(manager, present, options.replicas);
  await boundLogs(manager, options.logsMaxBytes);
  for (const definition of streamDefinitions(options)) await assertStream(manager, definition);
}

/** Streams that were made with another number: the server copies them to the members added, or drops copies. */
async function setReplicas(manager: JetStreamManager, names: Iterable<string>, replicas: number): Promise<void> {
  for (const name of names) {
    const { config } = await manager.streams.info(name);
    if (config.num_replicas !== replicas) await manager.streams.update(name, { num_replicas: replicas });
  }
}

/** Also of a stream that was made without a bound, or with another. */
async function boundLogs(manager: JetStreamManager, wanted: number | undefined): Promise<void> {
  const { config } = await manager.streams.info(STREAMS.logs);
  const max_bytes = wanted ?? (config.max_bytes > 0 ? config.max_bytes : LOGS_MAX_BYTES);
  if (config.max_bytes !== max_bytes) await manager.streams.update(STREAMS.logs, { max_bytes });
}

/**
 * A service's step at start: the log is there, in the configuration that the append algorithm relies on, on a server that knows batches.
 * @throws SlipwayError `dependency_unavailable` if it does not answer, `internal` naming the field that differs
 */
export async function assertStreams(connection: NatsConnection): Promise<void> {
  requireVersion(connection);
  const manager = await jetstreamManager(connection, { checkAPI: false });
  for (const definition of streamDefinitions()) {
    if (definition.name !== STREAMS.logs) await assertStream(manager, definition);
  }
}

async function assertStream(manager: JetStreamManager, definition: Definition): Promise<void> {
  const { config } = await manager.streams.info(definition.name).catch((cause: unknown) => {
    throw new SlipwayError(
      'dependency_unavailable',
      `The stream ${definition.name} cannot be read; has the bootstrap step run?`,
      {},
      { cause },
    );
  });
  // Replicas, and how much is kept of the logs, are the operator's choice; everything else is relied upon.
  const { num_replicas: _, ...relied } = definition;
  for (const [field, wanted] of Object.entries(relied)) {
    if (definition.name === STREAMS.logs && field === 'max_bytes') continue;
    const found = config[field as keyof StreamConfig] ?? UNSET[field as keyof StreamConfig];
    if (JSON.stringify(found) !== JSON.stringify(wanted)) throw differs(definition.name, field, wanted, found);
  }
  if (definition.name !== STREAMS.events) return;
  for (const field of FORBIDDEN) {
    const found = (config as unknown as Record<string, unknown>)[field];
    if (found && found !== 'default') throw differs(definition.name, field, undefined, found);
  }
}

const differs = (stream: string, field: string, wanted: unknown, found: unknown): SlipwayError =>
  new SlipwayError(
    'internal',
    `The stream ${stream} has ${field}=${JSON.stringify(found)}, not ${JSON.stringify(wanted)}: this would void the log's guarantees. Correct it with 'nats stream edit'.`,
    { stream, field, wanted, found },
  );

function requireVersion(connection: NatsConnection): void {
  const version = connection.info?.version ?? '0';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 2 || (major === 2 && minor >= 12)) return;
  throw new SlipwayError('internal', `nats-server ${version} does not know atomic batches; at least 2.12 is needed`, { version });
}
