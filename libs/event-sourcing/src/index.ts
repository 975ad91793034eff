export * from './command';
export * from './event-store';
