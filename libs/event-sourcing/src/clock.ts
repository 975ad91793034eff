/** The only source of time outside `domain/`; deciders get `now` in the command's context. */
export interface Clock {
  /** RFC 3339, UTC, milliseconds. */
  now(): string;
}

export const systemClock: Clock = { now: () => new Date().toISOString() };
