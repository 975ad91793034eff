import { randomBytes } from 'node:crypto';
import { EMPTY_HEAD, envelopesOf, projectAppend, testContext } from '@slipway/event-sourcing';
import { SERVICES, type AggregateRef, type ServiceName } from '@slipway/contracts';
import { startNats, type NatsServer } from '@slipway/testing';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { JetStreamEventStore } from './jetstream-event-store';
import { inboxPrefix, NATS_USERS, type NatsUser } from './nats-users';
import { natsServerConfig } from './nats-server-config';
import { proveAppendChecks } from './self-test';
import { assertStreams, ensureStreams } from './streams';

const passwords = Object.fromEntries(NATS_USERS.map((user) => [user, randomBytes(12).toString('hex')])) as Record<NatsUser, string>;
let server: NatsServer;
const connections = new Map<NatsUser, NatsConnection>();
const as = (user: NatsUser): NatsConnection => connections.get(user)!;

beforeAll(async () => {
  server = await startNats({ fullConfig: (options) => natsServerConfig({ ...options, passwords, syncInterval: '2m' }) });
  for (const user of NATS_USERS) {
    connections.set(user, await connect({ servers: server.url, user, pass: passwords[user], inboxPrefix: inboxPrefix(user) }));
  }
  await ensureStreams(as('bootstrap'));
});
afterAll(async () => {
  await Promise.all([...connections.values()].map((connection) => connection.close()));
  await server.stop();
});

const project = (): AggregateRef => {
  const id = `p${randomBytes(6).toString('hex')}`;
  return { projectId: id, type: 'project', id };
};
const ticket: AggregateRef = { projectId: 'demo', type: 'approval', id: 'tkt-000000000000000000000001' };
const voided = () => ({
  ref: ticket,
  expected: EMPTY_HEAD,
  events: envelopesOf(
    ticket,
    0,
    [{ action: 'approval.voided', status: 'voided', detail: { release_id: 'rel-000000000000000000000001', why: 'spec' } }],
    testContext(),
  ),
});

describe('NATS users', () => {
  it.each(SERVICES)('%s can start: streams, race gate, reading, following', async (service: ServiceName) => {
    const connection = as(service);
    await assertStreams(connection);
    await proveAppendChecks(connection, service);
    const ref = project();
    const owner = new JetStreamEventStore(as('provisioning'));
    const { recorded, position } = await owner.append(projectAppend(ref, EMPTY_HEAD, 'seen'));
    const store = new JetStreamEventStore(connection);
    expect(await store.read(ref)).toEqual(recorded);
    for await (const batch of store.subscribe({ after: 0, subjects: [] })) if (batch.position >= position) break;
  });

  it('lets only its owner publish an event', async () => {
    const allowed = await new JetStreamEventStore(as('approval-inbox')).append(voided());
    expect(allowed.recorded).toHaveLength(1);
    for (const service of SERVICES.filter((name) => name !== 'approval-inbox')) {
      const refused = new JetStreamEventStore(as(service)).append(voided());
      await expect(refused).rejects.toMatchObject({ code: 'internal', message: expect.stringContaining('may not publish') });
    }
  });

  it('lets audit publish no event at all', async () => {
    const refused = new JetStreamEventStore(as('audit')).append(projectAppend(project(), EMPTY_HEAD, 'no'));
    await expect(refused).rejects.toMatchObject({ code: 'internal' });
  });

  const violations: [NatsUser, string][] = [
    ['release', '$JS.API.STREAM.DELETE.EVENTS'],
    ['runtime-executor', '$JS.API.STREAM.PURGE.EVENTS'],
    ['provisioning', '$JS.API.STREAM.UPDATE.EVENTS'],
    ['release', '$KV.SECRETS.x'],
    ['gateway', '$JS.API.DIRECT.GET.KV_SECRETS.x'],
    ['audit', '$O.BLOBS.C.x'],
    ['audit', 'rpc.runtime-executor.put-secret'],
    ['release', 'logs.x'],
    ['audit', '$JS.API.STREAM.DELETE.EVENTS'],
  ];
  it.each(violations)('%s may not publish %s', async (user, subject) => {
    const outcome = await as(user)
      .request(subject, '{}', { timeout: 2000 })
      .catch((error: unknown) => error);
    expect(String(outcome)).toMatch(/Permissions Violation/i);
  });

  it('lets nobody listen to the answers that another gets', async () => {
    const subscription = as('audit').subscribe(`${inboxPrefix('gateway')}.>`);
    await expect(subscription.closed).resolves.toMatchObject({ message: expect.stringMatching(/Permissions Violation/i) });
  });

  it.each(['events.demo.release.applied.x', 'rpc.release.list-releases', '$JS.API.INFO'])(
    'lets the subscriber publish nothing: %s',
    async (subject) => {
      const own = await connect({ servers: server.url, user: 'subscriber', pass: passwords.subscriber });
      const refusal = new Promise((resolve) => {
        void (async () => {
          for await (const status of own.status()) if (status.type === 'error') resolve(status.error);
        })();
      });
      const before = await new JetStreamEventStore(as('audit')).position();
      own.publish(subject, 'x', { reply: 'events.demo.release.applied.x' });
      expect(String(await refusal)).toMatch(/Permissions Violation/i);
      expect(await new JetStreamEventStore(as('audit')).position()).toBe(before);
      await own.close();
    },
  );

  it('lets the subscriber follow the log', async () => {
    const ref = project();
    const subscription = as('subscriber').subscribe(`events.${ref.projectId}.>`, { max: 1 });
    await as('subscriber').flush();
    const { recorded } = await new JetStreamEventStore(as('provisioning')).append(projectAppend(ref, EMPTY_HEAD, 'seen'));
    for await (const message of subscription) expect(message.json()).toEqual(recorded[0]!.event);
  });
});
