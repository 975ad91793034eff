import { aggregateSubject, type AggregateRef, type EventEnvelope } from '@slipway/contracts';
import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';

/** What a client does that knows nothing but NATS: the head from the leader, its predecessors by sequence at once, JSON parsed. */
export class BareLoader {
  private constructor(private readonly manager: JetStreamManager) {}

  static async open(connection: NatsConnection): Promise<BareLoader> {
    return new BareLoader(await jetstreamManager(connection));
  }

  async head(ref: AggregateRef): Promise<{ event: EventEnvelope; position: number; earlier: number[] }> {
    const message = await this.manager.streams.getMessage('EVENTS', { last_by_subj: aggregateSubject(ref) });
    let before = 0;
    const earlier = message!.header
      .get('Slipway-Earlier')
      .split('.')
      .map((part) => (before += parseInt(part, 36)));
    return { event: message!.json<EventEnvelope>(), position: message!.seq, earlier };
  }

  async load(ref: AggregateRef): Promise<EventEnvelope[]> {
    const { event, earlier } = await this.head(ref);
    const before = await Promise.all(earlier.map((seq) => this.manager.direct.getMessage('EVENTS', { seq })));
    return [...before.map((message) => message!.json<EventEnvelope>()), event];
  }
}
