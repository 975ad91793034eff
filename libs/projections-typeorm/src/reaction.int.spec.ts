import { SlipwayError } from '@slipway/contracts';
import { InMemoryEventStore, type Recorded } from '@slipway/event-sourcing';
import { eventually, startPostgres, type PostgresDatabase } from '@slipway/testing';
import { migrateLedger, startReplica, type Replica } from './fixture/ledger';
import { Projects } from './fixture/projects';
import type { Reaction } from './projection';

class Noting implements Reaction {
  readonly name = 'note-on-project';
  readonly subjects = ['events.*.project.>'];
  readonly seen: number[] = [];
  constructor(private readonly before: (position: number) => void = () => undefined) {}
  async react({ position }: Recorded): Promise<void> {
    this.before(position);
    this.seen.push(position);
  }
}

describe('reactions', () => {
  let database: PostgresDatabase;
  let store: InMemoryEventStore;
  const replicas: Replica[] = [];
  const start = async (reaction: Reaction): Promise<Replica> => {
    const replica = await startReplica(database.url, store, { reactions: [reaction] });
    replicas.push(replica);
    return replica;
  };
  const numbers = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);

  beforeEach(async () => {
    database = await startPostgres();
    await migrateLedger(database.url);
    store = new InMemoryEventStore();
  });
  afterEach(async () => {
    await Promise.all(replicas.splice(0).map((replica) => replica.stop()));
    await database.stop();
  });

  it('see every event in order, and go on behind the last after a restart', async () => {
    const projects = new Projects(store);
    const first = new Noting();
    const replica = await start(first);
    await replica.host.waitFor('note-on-project', await projects.append(100));
    expect(first.seen).toEqual(numbers(1, 100));
    await replicas.pop()!.stop();
    const second = new Noting();
    const again = await start(second);
    await again.host.waitFor('note-on-project', await projects.append(5));
    expect(second.seen).toEqual(numbers(101, 105));
  });

  it('retry an error at the event that failed, and show it', async () => {
    let failing = true;
    const reaction = new Noting((position) => {
      if (position === 4 && failing) throw new SlipwayError('dependency_unavailable', 'the log is away');
    });
    const { host } = await start(reaction);
    const position = await new Projects(store).append(6);
    await eventually(async () => (await host.status())[0]?.error === 'the log is away');
    expect(await host.status()).toMatchObject([{ kind: 'reaction', position: 3, lag: 3 }]);
    failing = false;
    await host.waitFor('note-on-project', position);
    expect(reaction.seen).toEqual(numbers(1, 6));
  });

  it('take a rule violation or an unknown resource for nothing to do', async () => {
    const reaction = new Noting((position) => {
      if (position === 2) throw new SlipwayError('ticket_decided', 'decided already');
      if (position === 3) throw new SlipwayError('unknown_resource', 'gone');
    });
    const { host } = await start(reaction);
    await host.waitFor('note-on-project', await new Projects(store).append(4));
    expect(reaction.seen).toEqual([1, 4]);
    expect((await host.status())[0]).toMatchObject({ error: null, lag: 0 });
  });

  it('go on behind an event that blocks them when an operator says so, on every replica, and at no other', async () => {
    const refuse = (position: number): void => {
      if (position === 4) throw new SlipwayError('dependency_failed', 'it never works');
    };
    const reactions = [new Noting(refuse), new Noting(refuse)];
    const [{ host }, { host: standby }] = [await start(reactions[0]!), await start(reactions[1]!)];
    const position = await new Projects(store).append(6);
    const blocked = { name: 'note-on-project', position: 3, error: 'it never works', blocked_position: 4 };
    for (const one of [host, standby]) {
      await eventually(async () => (await one.status())[0]?.blocked_position === 4);
      expect(await one.status()).toMatchObject([blocked]);
    }

    const by = 'ada';
    await expect(standby.skip({ name: 'note-on-project', position: 5, by })).rejects.toMatchObject({
      code: 'not_blocked',
      details: { blocked_position: 4 },
    });
    await expect(standby.skip({ name: 'nothing', position: 4, by })).rejects.toMatchObject({ code: 'unknown_resource' });
    await standby.skip({ name: 'note-on-project', position: 4, by, reason: 'the slot is gone' });
    await Promise.all([host, standby].map((one) => one.waitFor('note-on-project', position)));
    expect(reactions.flatMap(({ seen }) => seen).sort()).toEqual([1, 2, 3, 5, 6]);
    for (const one of [host, standby]) await eventually(async () => (await one.status())[0]?.error === null);
    expect(await host.status()).toMatchObject([{ lag: 0, error: null, blocked_position: null }]);
    await expect(host.skip({ name: 'note-on-project', position: 4, by })).rejects.toMatchObject({ code: 'not_blocked' });
  });

  it('repeat at most what the last checkpoint lacks when the replica is lost', async () => {
    const projects = new Projects(store);
    let release: () => void = () => undefined;
    const reacted: number[] = [];
    const slow: Reaction = {
      name: 'note-on-project',
      subjects: ['events.*.project.>'],
      react: async ({ position }) => {
        reacted.push(position);
        if (position === 3) await new Promise<void>((resolve) => (release = resolve));
      },
    };
    await start(slow);
    const position = await projects.append(5);
    await eventually(() => reacted.length === 3);
    const second = new Noting();
    const standby = await start(second);
    await standby.source.query(
      `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    await standby.host.waitFor('note-on-project', position);
    expect(second.seen).toEqual(numbers(1, 5));
    release();
  });

  it('start over on request', async () => {
    const reaction = new Noting();
    const { host } = await start(reaction);
    await host.waitFor('note-on-project', await new Projects(store).append(3));
    await host.rebuild('note-on-project');
    await eventually(() => reaction.seen.length === 6);
    expect(reaction.seen).toEqual([...numbers(1, 3), ...numbers(1, 3)]);
  });
});
