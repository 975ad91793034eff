import { readFileSync } from 'node:fs';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { EventEnvelope } from '@slipway/contracts';
import type { Platform } from '@slipway/platform-driver';

/** A downstream system: subscribes with the credential of nats.json, which can do nothing else. */
export class Subscriber {
  readonly events: EventEnvelope[] = [];

  private constructor(readonly connection: NatsConnection) {}

  static async on(platform: Platform, subject: string): Promise<Subscriber> {
    const { url, user, password } = JSON.parse(readFileSync(platform.settings.data.natsFile, 'utf8')) as Record<string, string>;
    const connection = await connect({ servers: url!, user: user!, pass: password! });
    const subscriber = new Subscriber(connection);
    connection.subscribe(subject, { callback: (_error, message) => void subscriber.events.push(message.json<EventEnvelope>()) });
    await connection.flush();
    return subscriber;
  }

  of(resourceId: string): EventEnvelope[] {
    return this.events.filter((event) => event.resource_id === resourceId);
  }

  close = (): Promise<void> => this.connection.close();
}
