/** Injection token of the process's `EventStore`: provided by libs/service-kit, used by libs/projections-typeorm and the services. */
export const EVENT_STORE = Symbol.for('slipway.EventStore');
