import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { healthSubject, STREAMS, type ServiceName } from '@slipway/contracts';
import type { NatsLink } from '../nats/nats-link';
import type { ReadinessCheck } from './readiness';

const TIMEOUT_MS = 3_000;

/** A real write and read of JetStream: a message stored on the HEALTH stream and read back from its leader. */
export function jetStreamCheck(link: NatsLink, service: ServiceName, instance: string): ReadinessCheck {
  const js = jetstream(link.connection, { timeout: TIMEOUT_MS });
  const manager = jetstreamManager(link.connection, { checkAPI: false, timeout: TIMEOUT_MS });
  const subject = healthSubject(service, instance);
  let count = 0;
  return {
    name: 'event_log',
    async run() {
      if (!link.connected) throw new Error('not connected to NATS');
      const written = `${++count}`;
      const ack = await js.publish(subject, written, { timeout: TIMEOUT_MS, expect: { streamName: STREAMS.health } });
      const read = await (await manager).streams.getMessage(STREAMS.health, { last_by_subj: subject });
      if (!read || read.seq < ack.seq) throw new Error('JetStream acknowledged a write that it does not give back');
    },
  };
}
