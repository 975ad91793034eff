import { Module, type DynamicModule, type InjectionToken, type Provider } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { BlobStore } from '@slipway/blob-store';
import { JetStreamEventStore } from '@slipway/event-store-jetstream';
import { CommandRunner, type EventStore } from '@slipway/event-sourcing';
import { InternalTokenVerifier } from '../auth/internal-token';
import { PlatformConfig, ServiceConfig } from '../config/service.config';
import { Readiness } from '../health/readiness';
import { Redaction } from '../logging/redaction';
import { NatsLink } from '../nats/nats-link';
import { RpcClient } from '../rpc/rpc-client';
import { RpcEndpoint } from '../rpc/rpc-endpoint';
import { Metrics } from '../telemetry/metrics';
import { Clock, SystemClock } from './clock';
import { CommandGate } from './command-gate';
import { hasDatabase, type Platform } from './platform';
import { DATABASE_URL, EVENT_STORE, LOGGER, METRICS_REGISTRY, NATS, REACTION_SCOPE } from './tokens';
import { inReaction } from './reaction-scope';

const value = (provide: InjectionToken, useValue: unknown): Provider => ({ provide, useValue });

const fromPlatform = (platform: Platform): Provider[] => [
  value(NATS, platform.link.connection),
  value(NatsLink, platform.link),
  value(LOGGER, platform.logger),
  value(Metrics, platform.metrics),
  value(METRICS_REGISTRY, platform.metrics.registry),
  value(REACTION_SCOPE, inReaction),
  value(Readiness, platform.readiness),
  value(Redaction, platform.redaction),
  value(PlatformConfig, platform.config),
  value(ServiceConfig, platform.config),
  value(platform.config.constructor as new () => object, platform.config),
  value(Clock, new SystemClock()),
  ...(hasDatabase(platform.config) ? [value(DATABASE_URL, platform.config.DATABASE_URL)] : []),
];

const made = (platform: Platform): Provider[] => [
  CommandGate,
  // Clients of the gateway watch the log live; what other services make of it may come 25 ms later while much is happening.
  {
    provide: EVENT_STORE,
    useFactory: () => new JetStreamEventStore(platform.link.connection, { gatherMs: hasDatabase(platform.config) ? 25 : 0 }),
  },
  { provide: CommandRunner, useFactory: (store: EventStore) => new CommandRunner(store), inject: [EVENT_STORE] },
  { provide: BlobStore, useFactory: () => new BlobStore(platform.link.connection) },
  { provide: RpcClient, useFactory: () => new RpcClient(platform.link) },
  {
    provide: InternalTokenVerifier,
    useFactory: () => InternalTokenVerifier.fromFile(platform.config.SLIPWAY_INTERNAL_PUBLIC_KEY_FILE),
  },
  {
    provide: RpcEndpoint,
    useFactory: (verifier: InternalTokenVerifier, clock: Clock, gate: CommandGate) =>
      new RpcEndpoint({ verifier, clock, gate, logger: platform.logger, metrics: platform.metrics }),
    inject: [InternalTokenVerifier, Clock, CommandGate],
  },
];

/**
 * Global: what every service injects without importing anything. `NATS`, `NatsLink`, `EVENT_STORE`, `DATABASE_URL`, `CommandRunner`,
 * `BlobStore`, `Clock`, `LOGGER`, `Metrics`, `Readiness`, `Redaction`, `RpcClient`, `InternalTokenVerifier`, `CommandGate`,
 * and the configuration by its class.
 */
@Module({})
export class PlatformModule {
  static of(platform: Platform): DynamicModule {
    const providers = [...fromPlatform(platform), ...made(platform)];
    const tokens = providers.map((provider) => (typeof provider === 'function' ? provider : provider.provide));
    return { module: PlatformModule, global: true, imports: [DiscoveryModule], providers, exports: tokens };
  }
}
