import { aggregateSubject, SlipwayError, type AggregateRef } from '@slipway/contracts';
import { logBehind, type Recorded } from '@slipway/event-sourcing';
import type { LogApi } from './log-api';
import { decodeChecked } from './message';

/**
 * Reads an aggregate without scanning: its head from the leader, then by the positions that the head carries, one round of
 * parallel gets. What is older than the 256 positions of a head is found through the oldest of them, and so on.
 */
export class AggregateReader {
  constructor(private readonly api: LogApi) {}

  async head(ref: AggregateRef): Promise<Recorded | undefined> {
    const head = await this.api.lastBySubject(aggregateSubject(ref));
    return head && decodeChecked(head.decode());
  }

  async read(ref: AggregateRef, after: number): Promise<readonly Recorded[]> {
    const last = await this.api.lastBySubject(aggregateSubject(ref));
    if (last?.position === after || (!last && after === 0)) return [];
    if (!last || last.position < after) throw logBehind(after, last?.position ?? 0);
    const head = decodeChecked(last.decode());
    let oldest = head;
    const events = [head];
    for (;;) {
      const wanted = oldest.earlier.filter((position) => position > after);
      if (wanted.length === 0) break;
      const found = await Promise.all(wanted.map((position) => this.at(ref, position)));
      events.unshift(...found);
      oldest = found[0]!;
    }
    if (after === 0) requireAll(ref, events);
    requireChain(ref, events);
    return events;
  }

  /** Events of one command behind a position; tells whether an append whose answer was lost has happened. */
  async ofCommand(ref: AggregateRef, commandId: string, after: number): Promise<readonly Recorded[]> {
    const events = await this.read(ref, after);
    return events.filter(({ event }) => event.command_id === commandId);
  }

  private async at(ref: AggregateRef, position: number): Promise<Recorded> {
    const stored = await this.api.at(position);
    const recorded = stored && decodeChecked(stored);
    if (recorded?.event.resource_id !== ref.id) throw incomplete(ref, `position ${position} does not hold its event`);
    return recorded;
  }
}

function requireAll(ref: AggregateRef, events: readonly Recorded[]): void {
  const hole = events.findIndex(({ event }, index) => event.aggregate_version !== index + 1);
  if (hole >= 0) throw incomplete(ref, `version ${hole + 1} is missing`);
}

function requireChain(ref: AggregateRef, events: readonly Recorded[]): void {
  const broken = events.find(({ previousDigest }, index) => index > 0 && previousDigest !== events[index - 1]!.digest);
  if (broken) throw incomplete(ref, `position ${broken.position} does not link to the event before it`);
}

const incomplete = (ref: AggregateRef, why: string): SlipwayError =>
  new SlipwayError('internal', `The ${ref.type} '${ref.id}' cannot be read from the event log: ${why}. Run 'slipway log verify'.`, {
    resource_type: ref.type,
    resource_id: ref.id,
  });
