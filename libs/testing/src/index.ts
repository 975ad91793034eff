export * from './eventually';
export * from './servers/nats';
export * from './servers/postgres';
export * from './servers/test-run';
