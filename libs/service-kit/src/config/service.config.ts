import 'reflect-metadata';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, Min, MinLength } from 'class-validator';
import { NAME_PATTERN } from '@slipway/contracts';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const Port = () => (target: object, key: string) => {
  Type(() => Number)(target, key);
  IsInt()(target, key);
  Min(0)(target, key);
  Max(65_535)(target, key);
};

/**
 * What every process reads from its environment, database or not; members are named as the variables are. A service
 * extends this class, or `ServiceConfig`, with its own keys and hands it to `runService`.
 */
export class PlatformConfig {
  @IsString()
  @Matches(/^(nats|tls):\/\/[^\s]+$/, { message: 'NATS_URL must be nats://host:port, several separated by commas' })
  NATS_URL!: string;

  @IsString()
  @MinLength(1)
  NATS_USER!: string;

  @IsString()
  @MinLength(1)
  NATS_PASSWORD!: string;

  /** Port of /healthz and /metrics; 0 picks a free one, which the start-up log names. */
  @Port()
  HEALTH_PORT: number = 0;

  @IsString()
  HEALTH_HOST: string = '127.0.0.1';

  @IsIn([...LOG_LEVELS])
  LOG_LEVEL: LogLevel = 'info';

  /** Names this replica in logs, metrics and health subjects; random unless given. */
  @IsOptional()
  @Matches(new RegExp(NAME_PATTERN))
  SLIPWAY_INSTANCE?: string;

  /** File with the public JWK of the gateway's signing key. */
  @IsString()
  @MinLength(1)
  SLIPWAY_INTERNAL_PUBLIC_KEY_FILE!: string;

  /** Traces are exported over OTLP/HTTP only where this is set. */
  @IsOptional()
  @Matches(/^https?:\/\/[^\s]+$/, { message: 'OTEL_EXPORTER_OTLP_ENDPOINT must be an http(s) URL' })
  OTEL_EXPORTER_OTLP_ENDPOINT?: string;
}

/** What a service with read models reads on top. */
export class ServiceConfig extends PlatformConfig {
  @Matches(/^postgres(ql)?:\/\/[^\s]+$/, { message: 'DATABASE_URL must be postgres://user:password@host:port/database' })
  DATABASE_URL!: string;
}
