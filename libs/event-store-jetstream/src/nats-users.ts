import { BUCKETS, resourcesOwnedBy, SERVICES, STREAMS, type ServiceName } from '@slipway/contracts';

/** `bootstrap` makes the streams; `subscriber` can read events and do nothing else. */
export const NATS_USERS = [...SERVICES, 'bootstrap', 'subscriber'] as const;
export type NatsUser = (typeof NATS_USERS)[number];

export interface NatsPermissions {
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
  /** May answer whatever subject a request asks to be answered at. */
  readonly allowResponses: boolean;
}

/** Answers arrive here, so that no service can listen in on another's. */
export const inboxPrefix = (user: NatsUser): string => `_INBOX_${user.replace(/-/g, '_')}`;

/** Whom each service calls. */
const CALLS: Readonly<Record<ServiceName, readonly ServiceName[]>> = {
  gateway: SERVICES,
  release: ['provisioning', 'runtime-executor', 'approval-inbox'],
  'approval-inbox': ['provisioning', 'release'],
  provisioning: ['release', 'runtime-executor'],
  'runtime-executor': ['provisioning', 'release'],
  audit: ['provisioning', 'release'],
};

const endpoints = `KV_${BUCKETS.endpoints}`;
const objects = `OBJ_${BUCKETS.blobs}`;
const locks = `KV_${BUCKETS.locks}`;
const secrets = `KV_${BUCKETS.secrets}`;

/** What may be read of each stream besides the log, and what written. */
const READS: Readonly<Record<ServiceName, readonly string[]>> = {
  gateway: [objects, STREAMS.logs, locks],
  release: [objects, STREAMS.logs],
  'approval-inbox': [],
  provisioning: [locks],
  'runtime-executor': [objects, STREAMS.logs, locks, secrets],
  audit: [STREAMS.logs, endpoints],
};
const blobWrites = [`$O.${BUCKETS.blobs}.>`, `$JS.API.STREAM.PURGE.${objects}`];
const WRITES: Readonly<Record<ServiceName, readonly string[]>> = {
  gateway: blobWrites,
  release: blobWrites,
  'approval-inbox': [],
  provisioning: [],
  'runtime-executor': [...blobWrites, 'logs.>', `$KV.${BUCKETS.locks}.>`, `$KV.${BUCKETS.secrets}.>`],
  audit: [`$KV.${BUCKETS.endpoints}.>`],
};

const inspection = (stream: string): string[] => [
  `$JS.API.STREAM.INFO.${stream}`,
  `$JS.API.STREAM.MSG.GET.${stream}`,
  `$JS.API.DIRECT.GET.${stream}`,
  `$JS.API.DIRECT.GET.${stream}.>`,
];
const consumption = (stream: string): string[] => [
  `$JS.API.CONSUMER.CREATE.${stream}`,
  ...['CREATE', 'DURABLE.CREATE', 'INFO', 'DELETE', 'MSG.NEXT'].map((operation) => `$JS.API.CONSUMER.${operation}.${stream}.>`),
  `$JS.ACK.${stream}.>`,
  `$JS.FC.${stream}.>`,
];

function servicePermissions(service: ServiceName): NatsPermissions {
  return {
    publish: [
      ...resourcesOwnedBy(service).map((type) => `events.*.${type}.>`),
      `health.${service}.>`,
      ...CALLS[service].map((callee) => `rpc.${callee}.>`),
      '$JS.API.INFO',
      ...inspection(STREAMS.events),
      ...consumption(STREAMS.events),
      ...inspection(STREAMS.health),
      ...READS[service].flatMap((stream) => [...inspection(stream), ...consumption(stream)]),
      ...WRITES[service],
    ],
    subscribe: [`rpc.${service}.>`, `${inboxPrefix(service)}.>`, 'events.>', ...(READS[service].includes(STREAMS.logs) ? ['logs.>'] : [])],
    allowResponses: true,
  };
}

/**
 * What a user may publish and subscribe to: the events of the types it owns, and of everything else what it needs.
 *
 * This guards against a service's mistakes. It does not hold a hostile one: NATS does not check the subject that a request
 * asks to be answered at, so whoever may call the JetStream API can have its answers stored as (unreadable) events. Therefore
 * the subscriber's credential, the one that leaves the platform, may publish nothing at all.
 */
export function natsPermissions(user: NatsUser): NatsPermissions {
  if (user === 'bootstrap') return { publish: ['>'], subscribe: ['>'], allowResponses: false };
  if (user === 'subscriber') return { publish: [], subscribe: ['events.>'], allowResponses: false };
  return servicePermissions(user);
}
