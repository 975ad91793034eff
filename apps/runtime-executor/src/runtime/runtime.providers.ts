import { readFile } from 'node:fs/promises';
import { type Provider } from '@nestjs/common';
import { Kvm, type KV } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import { BUCKETS, type RuntimeType } from '@slipway/contracts';
import { EgressPolicy } from '@slipway/egress';
import { LeaseLock } from '@slipway/locks';
import { ComposeRuntimeTarget } from '@slipway/runtime-compose';
import { KubernetesRuntimeTarget } from '@slipway/runtime-kubernetes';
import { ProcessRuntimeTarget } from '@slipway/runtime-process';
import type { NetworkPolicy, RuntimeTarget } from '@slipway/runtime-target';
import { CredentialStore, jetStreamBucket, SecretKeys, SecretStore, type SecretBucket } from '@slipway/secrets';
import { Clock, LOGGER, NATS, type Logger } from '@slipway/service-kit';
import { RuntimeExecutorConfig } from '../runtime-executor.config';
import { RuntimeConnections } from './runtime-connections';
import { NETWORK, RUNTIMES, type Runtimes } from './runtimes';
import { SlotObserver } from './slot-observer';
import { TargetAccesses } from './target-accesses';

/** Opened once it is needed, and again after a failure. */
function secretsBucket(connection: NatsConnection): () => Promise<KV> {
  let opened: Promise<KV> | undefined;
  return () => {
    opened ??= new Kvm(connection).open(BUCKETS.secrets, { allow_direct: false }).catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
}

/** The bucket of everything sealed. */
const SEALED = Symbol('sealed');

/** What touches the outside world. */
export const runtimeProviders: Provider[] = [
  {
    provide: NETWORK,
    inject: [RuntimeExecutorConfig],
    useFactory: (config: RuntimeExecutorConfig): NetworkPolicy =>
      EgressPolicy.parse(config.SLIPWAY_TARGET_NETWORKS, 'SLIPWAY_TARGET_NETWORKS'),
  },
  {
    provide: RUNTIMES,
    inject: [RuntimeExecutorConfig, NETWORK, LOGGER],
    useFactory: (config: RuntimeExecutorConfig, network: NetworkPolicy, logger: Logger): Runtimes => {
      const all: Record<RuntimeType, () => RuntimeTarget> = {
        process: () => new ProcessRuntimeTarget({ dataDir: config.SLIPWAY_DATA_DIR, network, logger }),
        compose: () => new ComposeRuntimeTarget({ network, logger }),
        k8s: () => new KubernetesRuntimeTarget({ network, logger }),
      };
      const on = config.SLIPWAY_RUNTIMES.split(',') as RuntimeType[];
      return new Map(on.map((type) => [type, all[type]()]));
    },
  },
  {
    provide: SEALED,
    inject: [NATS],
    useFactory: (connection: NatsConnection): SecretBucket => jetStreamBucket(secretsBucket(connection)),
  },
  {
    provide: SecretKeys,
    inject: [RuntimeExecutorConfig],
    useFactory: async (config: RuntimeExecutorConfig) => SecretKeys.parse(await readFile(config.SLIPWAY_SECRETS_KEY_FILE, 'utf8')),
  },
  {
    provide: SecretStore,
    inject: [SEALED, SecretKeys],
    useFactory: (bucket: SecretBucket, keys: SecretKeys) => new SecretStore(bucket, keys),
  },
  {
    provide: CredentialStore,
    inject: [SEALED, SecretKeys],
    useFactory: (bucket: SecretBucket, keys: SecretKeys) => new CredentialStore(bucket, keys),
  },
  { provide: TargetAccesses, inject: [CredentialStore], useFactory: (credentials: CredentialStore) => new TargetAccesses(credentials) },
  {
    provide: LeaseLock,
    inject: [NATS, Clock],
    useFactory: (connection: NatsConnection, clock: Clock) => new LeaseLock(connection, () => clock.now()),
  },
  RuntimeConnections,
  { provide: SlotObserver, useFactory: () => new SlotObserver() },
];
