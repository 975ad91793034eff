import Fastify from 'fastify';
import { randomUUID } from 'node:crypto';
import { connect } from '@nats-io/transport-node';
import { jetstream } from '@nats-io/jetstream';

/** A process of its own: one Fastify handler that does one compare-and-append per request. Prints its port. */
async function serve(natsUrl: string, body: string): Promise<void> {
  const client = jetstream(await connect({ servers: natsUrl }));
  const fastify = Fastify();
  fastify.post('/preview', async () => {
    const id = randomUUID();
    const { seq } = await client.publish(`events.bare.release.previewed.${id}`, body, {
      msgID: id,
      expect: { streamName: 'EVENTS', lastSubjectSequence: 0, lastSubjectSequenceSubject: `events.bare.release.*.${id}` },
    });
    return { id, seq };
  });
  await fastify.listen({ port: 0, host: '127.0.0.1' });
  process.stdout.write(`${(fastify.server.address() as { port: number }).port}\n`);
}

if (require.main === module) void serve(process.argv[2]!, 'x'.repeat(Number(process.argv[3])));
