import { randomBytes } from 'node:crypto';
import { collect, EMPTY_HEAD, headOf, projectAppend, StaleVersion, type AggregateHead, type Recorded } from '@slipway/event-sourcing';
import { isSlipwayError, type AggregateRef } from '@slipway/contracts';
import { eventually, startNats, type NatsServer } from '@slipway/testing';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { JetStreamEventStore } from './jetstream-event-store';
import { unavailable } from './link';
import { LogApi } from './log-api';
import { ensureStreams } from './streams';
import { verifyLog } from './verify-log';

jest.setTimeout(60_000);
let server: NatsServer;
let connection: NatsConnection;
const open = () => connect({ servers: server.url, maxReconnectAttempts: -1, reconnectTimeWait: 50 });

beforeAll(async () => {
  server = await startNats();
  connection = await open();
  await ensureStreams(connection);
});
afterAll(async () => {
  await connection.close();
  await server.stop();
});

const newProject = (): AggregateRef => {
  const id = `p${randomBytes(6).toString('hex')}`;
  return { projectId: id, type: 'project', id };
};
const positions = (events: readonly Recorded[]): number[] => events.map(({ position }) => position);

/** Appends one version after another until stopped; what was acknowledged, and which commands ended without an answer. */
async function writer(store: JetStreamEventStore, ref: AggregateRef, stopped: () => boolean) {
  const acknowledged = new Map<string, number>();
  const unknown: string[] = [];
  let head: AggregateHead = EMPTY_HEAD;
  for (let round = 1; !stopped(); round++) {
    const request = projectAppend(ref, head, `round ${round}`);
    try {
      const { recorded, position } = await store.append(request);
      acknowledged.set(request.events[0]!.command_id, position);
      head = headOf(recorded[0]!);
    } catch (error) {
      if (error instanceof StaleVersion || (isSlipwayError(error) && error.code === 'outcome_unknown'))
        unknown.push(request.events[0]!.command_id);
      else if (!isSlipwayError(error) || error.code !== 'dependency_unavailable') throw error;
      const last = await eventually(() => store.head(ref).then((found) => found ?? null), { timeoutMs: 30_000 });
      head = last ? headOf(last) : EMPTY_HEAD;
    }
  }
  return { acknowledged, unknown };
}

describe('a nats-server that is killed', () => {
  it('loses no acknowledged append, doubles none, and the subscriber misses none', async () => {
    const store = new JetStreamEventStore(connection, { appendDeadlineMs: 20_000 });
    const from = await store.position();
    const seen: Recorded[] = [];
    const stop = new AbortController();
    const following = collect(store.subscribe({ after: from, subjects: [], signal: stop.signal }), (_, { events }) => {
      seen.push(...events);
      return false;
    });
    let done = false;
    const projects = Array.from({ length: 8 }, newProject);
    const picky = new JetStreamEventStore(connection);
    const [own] = projects as [AggregateRef];
    const ownSeen: Recorded[] = [];
    let passed = 0;
    const subjects = [`events.${own.projectId}.>`];
    const picking = collect(
      picky.subscribe({ after: from, subjects, signal: stop.signal, passed: (position) => (passed = position) }),
      (_, { events, position }) => {
        ownSeen.push(...events);
        passed = position;
        return false;
      },
    );
    const writers = projects.map((ref) => writer(store, ref, () => done));
    for (let kills = 0; kills < 3; kills++) {
      const before = seen.length;
      await eventually(() => seen.length >= before + 50);
      await server.kill();
      await server.start();
      await eventually(() => seen.length > before + 60);
    }
    done = true;
    const outcomes = await Promise.all(writers);
    const last = await store.position();
    await eventually(() => seen.at(-1)?.position === last);
    await picky.confirm(last);
    await eventually(() => passed === last);
    stop.abort();
    await Promise.all([following, picking]);
    expect(ownSeen).toEqual(await store.read(own));

    const logged = await Promise.all(projects.map((ref) => store.read(ref)));
    outcomes.forEach(({ acknowledged }, index) => {
      const inLog = logged[index]!.map(({ event }) => event.command_id);
      expect(new Set(inLog).size).toBe(inLog.length);
      expect(
        [...acknowledged].filter(
          ([command, position]) => !logged[index]!.some((r) => r.position === position && r.event.command_id === command),
        ),
      ).toEqual([]);
    });
    expect(positions(seen)).toEqual(Array.from({ length: last - from }, (_, index) => from + 1 + index));
    expect((await verifyLog(connection, { knownPosition: last })).findings).toEqual([]);
  });

  it('is a clear 503 while it is down, and nothing is sent later', async () => {
    const store = new JetStreamEventStore(connection, { appendDeadlineMs: 1000 });
    const ref = newProject();
    const { position } = await store.append(projectAppend(ref, EMPTY_HEAD, 'before'));
    const head = headOf((await store.head(ref))!);
    await server.kill();
    await eventually(() =>
      store.append(projectAppend(ref, head, 'while down')).then(
        () => undefined,
        (error: unknown) => isSlipwayError(error) && error.code === 'dependency_unavailable',
      ),
    );
    await expect(store.read(ref)).rejects.toMatchObject({ code: 'dependency_unavailable' });
    await server.start();
    await eventually(async () => (await store.position()) >= position);
    expect(positions(await store.read(ref))).toEqual([position]);
  });

  it('answers an append whose acknowledgement was lost with what it stored', async () => {
    const store = new JetStreamEventStore(connection, { appendDeadlineMs: 20_000 });
    const refs = Array.from({ length: 64 }, newProject);
    const appends = Promise.allSettled(refs.map((ref) => store.append(projectAppend(ref, EMPTY_HEAD, 'once'))));
    await server.kill();
    await server.start();
    const outcomes = await appends;
    for (const [index, outcome] of outcomes.entries()) {
      const events = await eventually(() => store.read(refs[index]!));
      if (outcome.status === 'fulfilled') expect(positions(events)).toEqual([outcome.value.position]);
      else expect(outcome.reason).toMatchObject({ code: expect.stringMatching('dependency_unavailable|outcome_unknown') });
      expect(events.length).toBeLessThanOrEqual(1);
    }
  });
});

describe('a consumer that has filters', () => {
  const filters = async (): Promise<string[][]> => {
    const answer = await connection.request('$JS.API.CONSUMER.LIST.EVENTS');
    const { consumers } = answer.json<{ consumers: { config: { filter_subject?: string; filter_subjects?: string[] } }[] | null }>();
    return (consumers ?? []).map(({ config }) => (config.filter_subjects ?? [config.filter_subject ?? '>']).sort());
  };

  it('is asked for what the subscriptions of a process want together, and for everything while one wants everything', async () => {
    const store = new JetStreamEventStore(connection);
    const stops = [new AbortController(), new AbortController(), new AbortController()] as const;
    const follow = async (index: 0 | 1 | 2, subjects: readonly string[]) => {
      const { signal } = stops[index];
      return collect(store.subscribe({ after: await store.position(), subjects, signal, passed: () => undefined }), () => false);
    };
    const are = (...wanted: string[]) => eventually(async () => (await filters()).some((found) => found.join() === wanted.join()));
    const following = [follow(0, ['events.*.team.>'])];
    await are('events.*.team.>');
    following.push(follow(1, ['events.*.team.>', 'events.*.gate.>']));
    await are('events.*.gate.>', 'events.*.team.>');
    following.push(follow(2, []));
    await are('>');
    stops[2].abort();
    await are('events.*.gate.>', 'events.*.team.>');
    stops.forEach((stop) => stop.abort());
    await Promise.all(following);
  });
});

describe('a consumer that fails', () => {
  const consumers = async (): Promise<string[]> => {
    const answer = await connection.request('$JS.API.CONSUMER.NAMES.EVENTS');
    return answer.json<{ consumers: string[] | null }>().consumers ?? [];
  };
  /** Follows the log; resolves once the subscription has caught up. */
  const follow = async (store: JetStreamEventStore) => {
    const seen: Recorded[] = [];
    const stop = new AbortController();
    let live = false;
    const ended = collect(store.subscribe({ after: await store.position(), subjects: [], signal: stop.signal }), (_, batch) => {
      live ||= batch.caughtUp;
      seen.push(...batch.events);
      return false;
    });
    await eventually(() => live);
    return { seen, end: async () => (stop.abort(), await ended) };
  };

  it.each([0, 10])('is made anew when it was deleted (gathering for %d ms)', async (gatherMs) => {
    const store = new JetStreamEventStore(connection, { heartbeatMs: 500, gatherMs });
    const { seen, end } = await follow(store);
    const ref = newProject();
    const [name] = await eventually(async () => ((names) => names.length > 0 && names)(await consumers()));
    await connection.request(`$JS.API.CONSUMER.DELETE.EVENTS.${name}`);
    const { position } = await store.append(projectAppend(ref, EMPTY_HEAD, 'after'));
    await eventually(() => seen.at(-1)?.position === position);
    await end();
  });

  it.each([0, 10])('is made anew when it stalls: alive, and silent while the log moves on (gathering for %d ms)', async (gatherMs) => {
    const store = new JetStreamEventStore(connection, { stallMs: 300, gatherMs });
    const { seen, end } = await follow(store);
    const until = new Date(Date.now() + 3_600_000).toISOString();
    for (const name of await consumers()) {
      await connection.request(`$JS.API.CONSUMER.PAUSE.EVENTS.${name}`, JSON.stringify({ pause_until: until }));
    }
    const { position } = await store.append(projectAppend(newProject(), EMPTY_HEAD, 'unheard'));
    await eventually(() => seen.at(-1)?.position === position);
    await end();
  });

  it('gathers what streams in, in order and whole', async () => {
    const store = new JetStreamEventStore(connection, { gatherMs: 10 });
    const { seen, end } = await follow(store);
    const appended = await Promise.all(
      Array.from({ length: 2_000 }, (_, n) => store.append(projectAppend(newProject(), EMPTY_HEAD, `event ${n}`))),
    );
    const positions = appended.map(({ position }) => position).sort((a, b) => a - b);
    await eventually(() => seen.at(-1)?.position === positions.at(-1));
    expect(seen.map(({ position }) => position).filter((position) => position >= positions[0]!)).toEqual(positions);
    await end();
  });

  it('stays the only one of a process when a subscription beside others cannot begin', async () => {
    const store = new JetStreamEventStore(connection);
    const first = await follow(store);
    jest.spyOn(LogApi.prototype, 'range').mockRejectedValueOnce(unavailable());
    const refused = collect(store.subscribe({ after: 0, subjects: [] }), () => true);
    await expect(refused).rejects.toMatchObject({ code: 'dependency_unavailable' });
    const second = await follow(store);
    await Promise.all(Array.from({ length: 200 }, () => store.append(projectAppend(newProject(), EMPTY_HEAD, 'once'))));
    await eventually(() => [first, second].every(({ seen }) => seen.length >= 200));
    expect(await consumers()).toHaveLength(1);
    for (const { seen } of [first, second]) expect(new Set(positions(seen)).size).toBe(seen.length);
    await Promise.all([first.end(), second.end()]);
    await eventually(async () => (await consumers()).length === 0);
  });

  it('leaves no consumer behind', async () => {
    const store = new JetStreamEventStore(connection);
    const { end } = await follow(store);
    await end();
    await eventually(async () => (await consumers()).length === 0);
  });
});

it('lets exactly one of twelve processes win each of a hundred races', async () => {
  const connections = await Promise.all(Array.from({ length: 12 }, open));
  const stores = connections.map((each) => new JetStreamEventStore(each));
  const ref = newProject();
  let head = EMPTY_HEAD;
  for (let round = 1; round <= 100; round++) {
    const race = await Promise.allSettled(stores.map((store, n) => store.append(projectAppend(ref, head, `round ${round} writer ${n}`))));
    const won = race.filter((outcome) => outcome.status === 'fulfilled');
    const lost = race.filter((outcome) => outcome.status === 'rejected' && outcome.reason instanceof StaleVersion);
    expect([won.length, lost.length]).toEqual([1, 11]);
    head = headOf(won[0]!.value.recorded[0]!);
  }
  expect(await stores[0]!.read(ref)).toHaveLength(100);
  await Promise.all(connections.map((each) => each.close()));
});
