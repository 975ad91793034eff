import { context, createContextKey } from '@opentelemetry/api';
import './context-manager';

/** What follows one act through the process: every log line inside it carries these. */
export interface CallContext {
  readonly correlationId: string;
  readonly causationId?: string;
  /** More fields for the log, e.g. verb, stream, sequence, reaction. */
  readonly fields?: Readonly<Record<string, string | number>>;
}

const KEY = createContextKey('slipway.call');

export const currentCall = (): CallContext | undefined => context.active().getValue(KEY) as CallContext | undefined;

/** Runs `act` so that logs and events below it know what they belong to. */
export const inCall = <T>(call: CallContext, act: () => T): T => context.with(context.active().setValue(KEY, call), act);
