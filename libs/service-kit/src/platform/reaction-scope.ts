import { SpanKind } from '@opentelemetry/api';
import type { Recorded } from '@slipway/event-sourcing';
import { inCall } from '../context/call-context';
import { inSpan } from '../telemetry/tracing';

/** A reaction continues the trace of its event; its log lines carry the correlation, the cause and the stream position. */
export function inReaction(reaction: string, { event, position, traceparent }: Recorded, act: () => Promise<void>): Promise<void> {
  const call = {
    correlationId: event.correlation_id,
    causationId: event.event_id,
    fields: { reaction, stream: 'EVENTS', sequence: position },
  };
  const span = { kind: SpanKind.CONSUMER, traceparent, attributes: { 'slipway.event': event.action, 'slipway.position': position } };
  return inCall(call, () => inSpan(`reaction ${reaction}`, span, act));
}
