export { EVENT_STORE } from '@slipway/event-sourcing';

/** Injects the `NatsConnection` of the process. */
export const NATS = Symbol.for('slipway.NATS');
/** Injects the process's `Logger`. */
export const LOGGER = Symbol.for('slipway.Logger');
