export * from './api-client';
export * from './api-error';
export { readEventStream, type EventStreamOptions, type StreamEvent } from './event-stream';
export { isTransient, type RetryOptions } from './retry';
export type { components, operations, paths } from './generated/schema';
import type { components } from './generated/schema';

/** The shapes of the API by name, e.g. `Schemas['ReleaseView']`. */
export type Schemas = components['schemas'];
