/** Injects the process's `EventStore`. The first four are spelled as libs/projections-typeorm spells them (checked by a spec). */
export const EVENT_STORE = 'EVENT_STORE';
/** Injects the connection string of the database. */
export const DATABASE_URL = 'DATABASE_URL';
/** Injects the process's `Logger`. */
export const LOGGER = 'LOGGER';
/** Injects the process's Prometheus `Registry`. */
export const METRICS_REGISTRY = 'METRICS_REGISTRY';
/** Injects the process's `NatsConnection`. */
export const NATS = 'NATS';
/** Runs a reaction in its event's trace and correlation (libs/projections-typeorm). */
export const REACTION_SCOPE = 'REACTION_SCOPE';
