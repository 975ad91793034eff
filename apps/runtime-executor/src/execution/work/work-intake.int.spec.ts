import { AckPolicy, DeliverPolicy, jetstreamManager, type ConsumerAPI } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { actionSubject, deriveId, STREAMS, type NewEvent } from '@slipway/contracts';
import { CommandRunner, testContext } from '@slipway/event-sourcing';
import { ensureStreams, JetStreamEventStore } from '@slipway/event-store-jetstream';
import { eventually, startNats, type NatsServer } from '@slipway/testing';
import type { Executor } from './executor';
import { WORK_CONSUMER } from './work-consumer';
import { WorkIntake } from './work-intake';
import { WORK_ACTIONS } from './work-item';

const approved: NewEvent = {
  action: 'release.approved',
  status: 'approved',
  detail: { automatic: true, ticket_id: null, approved_by: [], rule: 'none', slot_id: 'slt-1' },
};
const resumed: NewEvent = { action: 'release.resumed', status: 'applying', detail: { execution_id: 'exe-1', reason: null } };

describe('the consumer of work', () => {
  let server: NatsServer;
  let connection: NatsConnection;
  let consumers: ConsumerAPI;
  let store: JetStreamEventStore;
  let intake: WorkIntake | undefined;
  let commands = 0;
  let taken: string[];
  let warnings: string[];

  beforeAll(async () => {
    server = await startNats({ syncInterval: '2m' });
    connection = await connect({ servers: server.url });
    await ensureStreams(connection);
    consumers = (await jetstreamManager(connection)).consumers;
    store = new JetStreamEventStore(connection);
  });
  afterAll(async () => {
    await connection.close();
    await server.stop();
  });
  beforeEach(() => {
    [taken, warnings] = [[], []];
  });
  afterEach(async () => {
    await intake?.stop();
    await consumers.delete(STREAMS.events, WORK_CONSUMER);
  });

  /** As an executor of another version made it; begins behind what earlier specs said. */
  const madeBefore = (actions: readonly string[]) =>
    consumers.add(STREAMS.events, {
      durable_name: WORK_CONSUMER,
      filter_subjects: actions.map(actionSubject),
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.New,
    });
  const begin = (): void => {
    const executor = { isFull: false, take: async ({ event }: { event: { action: string } }) => void taken.push(event.action) };
    const logger = { info: () => undefined, warn: (_fields: object, message: string) => warnings.push(message), error: () => undefined };
    intake = new WorkIntake({
      connection,
      store,
      executor: executor as unknown as Executor,
      logger,
      assertSound: () => undefined,
      stalledAfterMs: 500,
    });
    intake.start();
  };
  const say = (event: NewEvent) => {
    const ref = { projectId: 'shop', type: 'release', id: deriveId('release', String(++commands)) } as const;
    const context = testContext({ commandId: deriveId('command', String(commands)), principal: { actorId: 'ada', actorType: 'human' } });
    return new CommandRunner(store).run({ type: 'release', initial: null, evolve: () => null }, ref, context, () => [event]);
  };
  const info = () => consumers.info(STREAMS.events, WORK_CONSUMER);

  it('is brought up to date when an older version made it', async () => {
    await madeBefore(['release.approved']);
    begin();
    await eventually(async () => (await info()).config.filter_subjects?.length === WORK_ACTIONS.length);
    await say(resumed);
    await eventually(() => taken.includes('release.resumed'));
    expect((await info()).config).toMatchObject({ ack_wait: 5_000_000_000, max_ack_pending: 1000 });
    expect(taken).toEqual(['release.resumed']);
  });

  it('leaves what only a newer version knows to executors of that', async () => {
    await madeBefore([...WORK_ACTIONS, 'release.superseded']);
    begin();
    await say({ action: 'release.superseded', status: 'superseded', detail: { by_release_id: null, why: 'a newer one came' } });
    await say(approved);
    await eventually(() => taken.length > 0);
    expect(taken).toEqual(['release.approved']);
    expect(await info()).toMatchObject({ num_ack_pending: 1 });
    expect((await info()).config.filter_subjects).toContain(actionSubject('release.superseded'));
  });

  it('is made anew when it delivers nothing, from what was acknowledged', async () => {
    await madeBefore(WORK_ACTIONS);
    begin();
    await say(approved);
    await eventually(async () => taken.length === 1 && (await info()).num_ack_pending === 0);
    await consumers.pause(STREAMS.events, WORK_CONSUMER, new Date(Date.now() + 600_000));
    await say(resumed);
    await eventually(() => taken.length === 2, { timeoutMs: 20_000 });
    expect(taken).toEqual(['release.approved', 'release.resumed']);
    expect(warnings).toContain('the work consumer has stalled and is made anew');
  });

  it('stays as it is while there is no work', async () => {
    await madeBefore(WORK_ACTIONS);
    begin();
    await eventually(async () => (await info()).config.max_ack_pending === 1000);
    const { created } = await info();
    await new Promise((resolve) => setTimeout(resolve, 3_500));
    expect((await info()).created).toBe(created);
    expect(warnings).toEqual([]);
  });
});
