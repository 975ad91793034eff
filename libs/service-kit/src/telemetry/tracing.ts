import { context, propagation, SpanKind, SpanStatusCode, trace, type Context, type Span } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { AlwaysOffSampler, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import '../context/context-manager';

export interface TracingOptions {
  readonly service: string;
  readonly instance: string;
  /** Base URL of an OTLP/HTTP receiver; none: spans only carry ids from process to process. */
  readonly endpoint?: string;
}

/**
 * Makes trace ids and carries them across processes, always; records and exports spans only where an endpoint is set. The
 * Node SDK and its exporter are loaded then and only then: an idle process does not pay for them.
 * @returns how to flush and stop.
 */
export async function startTracing(options: TracingOptions): Promise<() => Promise<void>> {
  const resource = resourceFromAttributes({ 'service.name': options.service, 'service.instance.id': options.instance });
  if (options.endpoint === undefined) {
    const provider = new NodeTracerProvider({ resource, sampler: new AlwaysOffSampler() });
    provider.register({ propagator: new W3CTraceContextPropagator(), contextManager: null });
    return () => provider.shutdown();
  }
  const { NodeSDK } = await import('@opentelemetry/sdk-node');
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const url = `${options.endpoint.replace(/\/+$/, '')}/v1/traces`;
  const sdk = new NodeSDK({
    resource,
    autoDetectResources: false,
    traceExporter: new OTLPTraceExporter({ url }),
    textMapPropagator: new W3CTraceContextPropagator(),
    instrumentations: [],
  });
  sdk.start();
  return () => sdk.shutdown();
}

const tracer = () => trace.getTracer('slipway');

/** `traceparent` of the active span, for NATS headers and event headers; undefined outside any. */
export function activeTraceparent(): string | undefined {
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent;
}

const contextOf = (traceparent: string | undefined): Context =>
  traceparent === undefined ? context.active() : propagation.extract(context.active(), { traceparent });

export interface SpanOptions {
  readonly kind?: SpanKind;
  /** Continue the trace that this header names. */
  readonly traceparent?: string;
  readonly attributes?: Record<string, string | number>;
}

/** Runs `act` inside a span; an error marks it and travels on. */
export async function inSpan<T>(name: string, options: SpanOptions, act: (span: Span) => Promise<T>): Promise<T> {
  const parent = contextOf(options.traceparent);
  const span = tracer().startSpan(name, { kind: options.kind ?? SpanKind.INTERNAL, attributes: options.attributes }, parent);
  try {
    return await context.with(trace.setSpan(parent, span), () => act(span));
  } catch (error) {
    markFailed(span, error);
    throw error;
  } finally {
    span.end();
  }
}

export function markFailed(span: Span, error: unknown): void {
  span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'error' });
  if (error instanceof Error && 'code' in error) span.setAttribute('error.type', String(error.code));
}
