import { randomBytes } from 'node:crypto';
import { healthSubject, SlipwayError, STREAMS, type ServiceName } from '@slipway/contracts';
import type { NatsConnection } from '@nats-io/transport-node';
import { expectationHeaders } from './headers';
import { Link, unavailable } from './link';
import { publish, type Outgoing, type Published } from './publish';

/**
 * Shows at start, on the stream HEALTH, that the server enforces what the append algorithm relies on: of racing writers
 * exactly one wins, and a stale append is refused. Uses the header builder of every append.
 * @throws SlipwayError `internal` if it does not; `dependency_unavailable` if the server does not answer
 */
export async function proveAppendChecks(connection: NatsConnection, service: ServiceName): Promise<void> {
  const link = Link.of(connection);
  const subject = healthSubject(service, `proof-${randomBytes(6).toString('hex')}`);
  const racing = await Promise.all(Array.from({ length: 12 }, (_, writer) => attempt(link, subject, 0, `writer ${writer}`)));
  const winners = racing.filter(({ kind }) => kind === 'stored');
  const losers = racing.filter(({ kind }) => kind === 'conflict');
  if (winners.length + losers.length < racing.length)
    throw unavailable(racing.find(({ kind }) => kind !== 'stored' && kind !== 'conflict'));
  if (winners.length !== 1) throw unenforced(`${winners.length} of 12 racing writers won`);
  const stale = await attempt(link, subject, 0, 'stale');
  if (stale.kind !== 'conflict') throw unenforced('a stale append was stored');
}

const attempt = (link: Link, subject: string, sequence: number, body: string): Promise<Published> => {
  const message: Outgoing = { subject, body, headers: `NATS/1.0${expectationHeaders(STREAMS.health, { subject, sequence })}\r\n\r\n` };
  return publish(link, [message], 5000, STREAMS.health);
};

const unenforced = (what: string): SlipwayError =>
  new SlipwayError(
    'internal',
    `The NATS server does not enforce expected sequences: ${what}. Concurrent commands would overwrite each other.`,
  );
