import { setTimeout as delay } from 'node:timers/promises';
import { Module, type DynamicModule, type INestApplicationContext, type NestApplicationOptions, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { assertStreams, proveAppendChecks } from '@slipway/event-store-jetstream';
import { isSlipwayError, type ServiceName } from '@slipway/contracts';
import { EXIT_BAD_CONFIG, InvalidConfig, loadConfig, type ConfigClass } from '../config/load-config';
import type { PlatformConfig } from '../config/service.config';
import { NestLogger } from '../logging/nest-logger';
import { RpcServer } from '../rpc/rpc-server';
import { CommandGate } from './command-gate';
import { drainOnSignal, type DrainStep } from './drain';
import { hasDatabase, openPlatform, type Platform } from './platform';
import { PlatformModule } from './platform.module';

export interface ServiceDefinition<C extends PlatformConfig> {
  readonly name: ServiceName;
  readonly module: Type | DynamicModule;
  readonly config: ConfigClass<C>;
  /**
   * Makes and starts the Nest application in place of the RPC microservice; for the gateway, which serves HTTP. Must
   * answer once it listens. `root` already holds the platform and the service's module.
   */
  readonly start?: (root: DynamicModule, platform: Platform<C>, options: NestApplicationOptions) => Promise<INestApplicationContext>;
}

@Module({})
class RootModule {}

/**
 * A whole process: configuration, logs, traces, metrics, health, NATS, the Nest application, and the drain on SIGTERM.
 * Exits 78 on a bad configuration, naming every bad key, and 1 when it cannot start.
 */
export async function runService<C extends PlatformConfig>(definition: ServiceDefinition<C>): Promise<void> {
  const platform = await openPlatform(definition.name, configOrExit(definition.config));
  const steps: DrainStep[] = [{ name: 'connections', run: () => platform.close() }];
  drainOnSignal(() => [{ name: 'readiness', run: async () => platform.readiness.close('draining') }, ...steps], platform.logger);
  endOnSurprise(platform);
  try {
    const app = await startService(definition, platform);
    steps.unshift({ name: 'application', run: () => app.close() });
  } catch (error) {
    platform.logger.fatal({ error }, 'process cannot start');
    process.exit(1);
  }
}

/** The Nest application of a service on an open platform; ready when it resolves. */
export async function startService<C extends PlatformConfig>(
  definition: Omit<ServiceDefinition<C>, 'config'>,
  platform: Platform<C>,
): Promise<INestApplicationContext> {
  const began = performance.now();
  await provenLog(platform);
  const root: DynamicModule = { module: RootModule, imports: [PlatformModule.of(platform), definition.module] };
  const options = { logger: new NestLogger(platform.logger), abortOnError: false };
  const app = await (definition.start ?? startRpc)(root, platform, options);
  await watchIntegrity(app, platform);
  platform.health.markStarted();
  platform.readiness.open();
  platform.logger.info({ ms: Math.round(performance.now() - began) }, 'service started');
  return app;
}

async function startRpc(root: DynamicModule, platform: Platform, options: NestApplicationOptions): Promise<INestApplicationContext> {
  const { service, logger, metrics, link } = platform;
  const strategy = new RpcServer({ service, logger, metrics, connection: link.connection });
  const app = await NestFactory.createMicroservice(root, { ...options, strategy });
  strategy.of(app);
  await app.listen();
  return app;
}

/** The streams are as agreed and refuse a stale append; waits while JetStream is not up yet. */
async function provenLog(platform: Platform): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await assertStreams(platform.link.connection);
      await proveAppendChecks(platform.link.connection, platform.service);
      return;
    } catch (error) {
      if (attempt >= 40 || !isSlipwayError(error) || !error.retryable) throw error;
      platform.logger.warn({ error, attempt }, 'event log not available yet');
      await delay(Math.min(250 * attempt, 2_000));
    }
  }
}

/** Loaded only where there are read models: the gateway starts without TypeORM. */
async function watchIntegrity(app: INestApplicationContext, platform: Platform): Promise<void> {
  if (!hasDatabase(platform.config)) return;
  const { LogIntegrity } = await import('@slipway/projections-typeorm');
  const integrity = app.get(LogIntegrity, { strict: false });
  app.get(CommandGate, { strict: false }).add(integrity);
  platform.readiness.add({ name: 'log_integrity', run: () => integrity.assertSound() });
}

function configOrExit<C extends PlatformConfig>(type: ConfigClass<C>): C {
  try {
    return loadConfig(type, process.env);
  } catch (error) {
    if (!(error instanceof InvalidConfig)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(EXIT_BAD_CONFIG);
  }
}

/** State lives in the log and the database: after a fault nobody foresaw, a fresh process is safer than this one. */
function endOnSurprise(platform: Platform): void {
  const end = (error: unknown): void => {
    platform.logger.fatal({ error }, 'unexpected fault, process ends');
    process.exit(1);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
}
