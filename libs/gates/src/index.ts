export * from './gate';
export { requireTimeZone, requireTiming } from './occurrences';
export * from './verdict';
