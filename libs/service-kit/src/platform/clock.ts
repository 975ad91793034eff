import { systemClock, type Clock as ClockPort } from '@slipway/event-sourcing';

/** The time of day as an injection token: `constructor(private readonly clock: Clock)`. */
export abstract class Clock implements ClockPort {
  /** RFC 3339, UTC, milliseconds. */
  abstract now(): string;
}

export class SystemClock extends Clock {
  now(): string {
    return systemClock.now();
  }
}
