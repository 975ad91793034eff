import { auditEvent, timelineEntry, type EventEnvelope } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';

/** One server-sent event as bytes. `data` is a JSON text without line breaks. */
export const frame = (id: number | undefined, event: string, data: string): Buffer =>
  Buffer.from(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${data}\n\n`);

/** An event on its way to streams: its bytes are made once, however many read it. */
export class TailEvent {
  readonly position: number;
  readonly envelope: EventEnvelope;
  private auditBytes: Buffer | undefined;
  private timelineBytes: Buffer | undefined;

  constructor(recorded: Recorded) {
    this.position = recorded.position;
    this.envelope = recorded.event;
  }

  /** As `/events` sends it. */
  get auditFrame(): Buffer {
    return (this.auditBytes ??= frame(this.position, this.envelope.action, JSON.stringify(auditEvent(this.position, this.envelope))));
  }

  /** As a release's timeline sends it. */
  get timelineFrame(): Buffer {
    return (this.timelineBytes ??= frame(this.position, this.envelope.action, JSON.stringify(timelineEntry(this.position, this.envelope))));
  }
}
