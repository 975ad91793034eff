import { AsyncLocalStorage } from 'node:async_hooks';

/** What follows one act through the process: every log line inside it carries these. */
export interface CallContext {
  readonly correlationId: string;
  readonly causationId?: string;
  /** More fields for the log, e.g. verb, stream, sequence, reaction. */
  readonly fields?: Readonly<Record<string, string | number>>;
}

const storage = new AsyncLocalStorage<CallContext>();

export const currentCall = (): CallContext | undefined => storage.getStore();

/** Runs `act` so that logs and events below it know what they belong to. */
export const inCall = <T>(context: CallContext, act: () => T): T => storage.run(context, act);
