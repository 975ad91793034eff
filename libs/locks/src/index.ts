export * from './lease-lock';
export type { LeaseRecord } from './lease-record';
