import { context, trace } from '@opentelemetry/api';
import { destination, pino, stdSerializers, type DestinationStream, type Logger as PinoLogger } from 'pino';
import { currentCall } from '../context/call-context';
import type { LogLevel } from '../config/service.config';
import type { Redaction } from './redaction';

/** JSON lines on stdout: a fixed message, then fields. `log.info({ release_id }, 'release applied')`. */
export type Logger = PinoLogger;

export interface LoggerOptions {
  readonly service: string;
  readonly instance: string;
  readonly level: LogLevel;
  readonly redaction: Redaction;
  /** Where lines go; stdout unless given. */
  readonly destination?: DestinationStream;
}

function correlation(): Record<string, unknown> {
  const call = currentCall();
  const span = trace.getSpanContext(context.active());
  return {
    ...(call && { correlation_id: call.correlationId, ...(call.causationId && { causation_id: call.causationId }), ...call.fields }),
    ...(span && { trace_id: span.traceId, span_id: span.spanId }),
  };
}

/**
 * Lines are handed to the system in the background (a blocking write costs a third of a request) and flushed at exit.
 * Every line carries service, instance and, inside a call, correlation, causation and trace ids; secrets are blanked by key and by value.
 */
export function createLogger(options: LoggerOptions): Logger {
  return pino(
    {
      level: options.level,
      base: { service: options.service, instance: options.instance },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      mixin: correlation,
      messageKey: 'msg',
      errorKey: 'error',
      serializers: { error: stdSerializers.errWithCause },
      formatters: { level: (label) => ({ level: label }), log: (fields) => options.redaction.fields(fields) },
      hooks: { streamWrite: (line) => options.redaction.line(line) },
    },
    options.destination ?? stdout(),
  );
}

/** A log that cannot be written (the disk is full) must not end what it tells of: its lines are lost until it can. */
function stdout(): DestinationStream {
  const lines = destination({ dest: 1, sync: false });
  lines.on('error', () => undefined);
  return lines;
}
