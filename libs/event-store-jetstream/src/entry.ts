import type { Recorded } from '@slipway/event-sourcing';
import { decodeEvent, type StoredEvent } from './message';

/** A message of the log as a subscription gets it. Decoded when first asked for: most of the log is not for most processes. */
export class Entry {
  readonly subject: string;
  readonly position: number;
  private content: StoredEvent | Recorded;

  constructor(stored: StoredEvent) {
    this.subject = stored.subject;
    this.position = stored.position;
    this.content = stored;
  }

  /** @throws SlipwayError `internal` when the message is no event */
  recorded(): Recorded {
    if ('event' in this.content) return this.content;
    return (this.content = decodeEvent(this.content));
  }
}
