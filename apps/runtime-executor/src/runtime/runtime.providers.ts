import { type Provider } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import type { RuntimeType } from '@slipway/contracts';
import { EgressPolicy } from '@slipway/egress';
import { LeaseLock } from '@slipway/locks';
import { ComposeRuntimeTarget } from '@slipway/runtime-compose';
import { KubernetesRuntimeTarget } from '@slipway/runtime-kubernetes';
import { ProcessRuntimeTarget } from '@slipway/runtime-process';
import type { NetworkPolicy, RuntimeTarget } from '@slipway/runtime-target';
import { CredentialStore } from '@slipway/secrets';
import { Clock, LOGGER, NATS, type Logger } from '@slipway/service-kit';
import { RuntimeExecutorConfig } from '../runtime-executor.config';
import { RuntimeConnections } from './runtime-connections';
import { NETWORK, RUNTIMES, type Runtimes } from './runtimes';
import { SlotObserver } from './slot-observer';
import { TargetAccesses } from './target-accesses';

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
  { provide: TargetAccesses, inject: [CredentialStore], useFactory: (credentials: CredentialStore) => new TargetAccesses(credentials) },
  {
    provide: LeaseLock,
    inject: [NATS, Clock],
    useFactory: (connection: NatsConnection, clock: Clock) => new LeaseLock(connection, () => clock.now()),
  },
  RuntimeConnections,
  { provide: SlotObserver, useFactory: () => new SlotObserver() },
];
