import type { NatsConnection, Subscription } from '@nats-io/transport-node';
import { actionSubject, type EventEnvelope } from '@slipway/contracts';
import type { RunLogger } from '../run/run.ports';

type Listener = (event: EventEnvelope) => void;

/**
 * Events as they happen, for what profits from hearing of them at once: lossy, never a basis of a decision. Whoever
 * misses one reads the same in the log at the next step.
 */
export class LiveSignals {
  private readonly subscriptions: Subscription[] = [];

  constructor(
    private readonly connection: NatsConnection,
    private readonly logger: RunLogger,
  ) {}

  on(actions: readonly string[], listener: Listener): void {
    for (const action of actions) {
      const callback = (error: Error | null, message: { json<T>(): T }): void => {
        if (error) return this.logger.warn({ error, action }, 'live signal lost');
        listener(message.json<EventEnvelope>());
      };
      this.subscriptions.push(this.connection.subscribe(actionSubject(action), { callback }));
    }
  }

  stop(): void {
    for (const subscription of this.subscriptions) subscription.unsubscribe();
  }
}
