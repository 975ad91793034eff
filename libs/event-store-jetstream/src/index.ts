export * from './jetstream-event-store';
export * from './self-test';
export * from './streams';
export * from './nats-server-config';
export * from './nats-users';
export { verifyLog, type LogFinding, type LogReport, type VerifyOptions } from './verify-log';
export { Link, wasNotSent } from './link';
export { headerText, writtenHeaders } from './raw-message';
