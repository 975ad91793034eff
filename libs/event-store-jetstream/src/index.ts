export * from './jetstream-event-store';
export * from './self-test';
export * from './streams';
export * from './nats-server-config';
export * from './nats-users';
