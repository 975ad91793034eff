import { eventSubject, aggregateSubject } from '@slipway/contracts';
import { envelopesOf } from '@slipway/event-sourcing';
import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { contextOf, lifeOf, type Traffic } from './projection-traffic';

/** The same compare-and-append as a client that does nothing else: the same bodies, an id, an expected sequence. */
export async function bareAppends(connection: NatsConnection, project: string, { first, releases, inFlight }: Traffic): Promise<void> {
  const client = jetstream(connection);
  let next = first;
  const one = async (): Promise<void> => {
    for (let n = next++; n < first + releases; n = next++) {
      const { releaseId, events } = lifeOf(n);
      const ref = { projectId: project, type: 'release' as const, id: releaseId };
      let position = 0;
      for (const [step, event] of events.entries()) {
        const [envelope] = envelopesOf(ref, step, [event], contextOf(n, step));
        const { seq } = await client.publish(eventSubject(ref, event.action), JSON.stringify(envelope), {
          msgID: envelope!.event_id,
          expect: { streamName: 'EVENTS', lastSubjectSequence: position, lastSubjectSequenceSubject: aggregateSubject(ref) },
        });
        position = seq;
      }
    }
  };
  await Promise.all(Array.from({ length: inFlight }, one));
}
