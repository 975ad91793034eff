import { randomBytes } from 'node:crypto';
import { register as globalRegistry } from 'prom-client';
import { Redaction } from '../logging/redaction';
import { createLogger, type Logger } from '../logging/logger';
import type { PlatformConfig, ServiceConfig } from '../config/service.config';
import { HealthServer } from '../health/health-server';
import { jetStreamCheck } from '../health/jetstream.check';
import { postgresCheck } from '../health/postgres.check';
import { Readiness } from '../health/readiness';
import { NatsLink } from '../nats/nats-link';
import { Metrics } from '../telemetry/metrics';
import { startTracing } from '../telemetry/tracing';
import type { ServiceName } from '@slipway/contracts';

/** What a process has before its Nest application: logs, metrics, health, traces and the connection to NATS. */
export interface Platform<C extends PlatformConfig = PlatformConfig> {
  readonly service: ServiceName;
  readonly instance: string;
  readonly config: C;
  readonly logger: Logger;
  readonly redaction: Redaction;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
  readonly health: HealthServer;
  readonly link: NatsLink;
  /** Closes what `openPlatform` opened, in reverse order. */
  close(): Promise<void>;
}

/** PostgreSQL schema of a service: its name, with underscores. */
export const schemaOf = (service: ServiceName): string => service.replaceAll('-', '_');

const passwordOf = (url: string): string | undefined => decodeURIComponent(new URL(url).password) || undefined;
/** False for a process without read models, such as the gateway. */
export const hasDatabase = (config: PlatformConfig): config is ServiceConfig =>
  'DATABASE_URL' in config && typeof config.DATABASE_URL === 'string';

/** Opens everything that a process needs before its own modules; waits for NATS as long as it takes. */
export async function openPlatform<C extends PlatformConfig>(service: ServiceName, config: C): Promise<Platform<C>> {
  const instance = config.SLIPWAY_INSTANCE ?? randomBytes(4).toString('hex');
  const redaction = new Redaction();
  redaction.add(config.NATS_PASSWORD, hasDatabase(config) ? passwordOf(config.DATABASE_URL) : undefined);
  const logger = createLogger({ service, instance, level: config.LOG_LEVEL, redaction });
  const stopTracing = await startTracing({ service, instance, endpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT });
  const metrics = new Metrics(service, instance);
  globalRegistry.setDefaultLabels({ service, instance });
  const readiness = new Readiness({}, (report) => metrics.ready.set(report.status === 'ready' ? 1 : 0));
  const health = new HealthServer({
    host: config.HEALTH_HOST,
    port: config.HEALTH_PORT,
    readiness,
    registries: [metrics.registry, globalRegistry],
  });
  const port = await health.listen();
  logger.info({ port, pid: process.pid }, 'process started');
  const link = await NatsLink.open({
    url: config.NATS_URL,
    user: config.NATS_USER,
    password: config.NATS_PASSWORD,
    service,
    instance,
    logger,
  });
  readiness.add(jetStreamCheck(link, service, instance));
  const database = hasDatabase(config) ? postgresCheck(config.DATABASE_URL, schemaOf(service), instance) : undefined;
  if (database) readiness.add(database);
  return {
    service,
    instance,
    config,
    logger,
    redaction,
    metrics,
    readiness,
    health,
    link,
    async close() {
      await database?.close();
      await link.close();
      await health.close();
      await stopTracing();
    },
  };
}
