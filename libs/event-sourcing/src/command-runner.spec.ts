import type { AggregateRef, NewProjectEvent, ProjectEvent } from '@slipway/contracts';
import type { AggregateType } from './command';
import { CommandRunner } from './command-runner';
import { serviceContext } from './context';
import { DeciderSpec, testContext } from './decider-driver';
import { SlipwayError } from '@slipway/contracts';
import { StaleVersion, type AppendRequest, type AppendResult } from './event-store';
import { InMemoryEventStore } from './in-memory-event-store';

interface Project {
  readonly titles: readonly string[];
}
const projects: AggregateType<Project, ProjectEvent> = {
  type: 'project',
  initial: { titles: [] },
  evolve: (state, event) => ({ titles: [...state.titles, event.detail.title] }),
};
const ref: AggregateRef = { projectId: 'demo', type: 'project', id: 'demo' };
const created = (title: string): NewProjectEvent => ({
  action: 'project.created',
  status: 'active',
  detail: { name: 'demo', title, team_id: '_' },
});
const updated = (title: string): NewProjectEvent => ({ action: 'project.updated', status: 'active', detail: { title } });
const titled =
  (title: string) =>
  (state: Project): NewProjectEvent[] => {
    if (state.titles.at(-1) === title) return [];
    return [state.titles.length === 0 ? created(title) : updated(title)];
  };
const command = (id: string, requestDigest?: string) => testContext({ commandId: `cmd-${id.padStart(24, '0')}`, requestDigest });
const digest = (fill: string): string => `sha256:${fill.repeat(64)}`;

/** Loses the race for an append a number of times, by letting another command in first. */
class ContestedStore extends InMemoryEventStore {
  constructor(
    private losses: number,
    private readonly rival: (store: InMemoryEventStore, loss: number) => Promise<unknown>,
  ) {
    super();
  }
  override async append(request: AppendRequest): Promise<AppendResult> {
    if (this.losses-- > 0) {
      await this.rival(this, this.losses);
      throw new StaleVersion(request.ref, request.expected.position);
    }
    return super.append(request);
  }
}

describe('CommandRunner', () => {
  it('decides on the state at the head and answers with the position of what it appended', async () => {
    const runner = new CommandRunner(new InMemoryEventStore());
    const first = await runner.run(projects, ref, command('1'), titled('one'));
    const second = await runner.run(projects, ref, command('2'), titled('two'));
    expect([first.position, second.position]).toEqual([1, 2]);
    expect(second.aggregate.state.titles).toEqual(['one', 'two']);
    expect(second.events[0]).toMatchObject({ action: 'project.updated', aggregate_version: 2, actor_id: 'developer', resource_id: 'demo' });
  });

  it('records on whose behalf and in which conversation, and a reaction keeps the conversation', async () => {
    const store = new InMemoryEventStore();
    const asked = { ...testContext({ commandId: `cmd-${'7'.padStart(24, '0')}` }), conversationId: 'chat:1' };
    const context = { ...asked, principal: { ...asked.principal, onBehalfOf: 'ann' } };
    const { events } = await new CommandRunner(store).run(projects, ref, context, titled('one'));
    expect(events[0]).toMatchObject({ on_behalf_of: 'ann', conversation_id: 'chat:1' });
    const [cause] = await store.read(ref);
    expect(serviceContext(cause!, 'release', 'some-reaction', { now: () => '2026-11-20T12:00:00.000Z' })).toMatchObject({
      conversationId: 'chat:1',
      principal: { actorId: 'service:release' },
    });
  });

  it('sees what another process appended', async () => {
    const store = new InMemoryEventStore();
    const [here, there] = [new CommandRunner(store), new CommandRunner(store)];
    await here.run(projects, ref, command('1'), titled('one'));
    await there.run(projects, ref, command('2'), titled('two'));
    expect((await here.load(projects, ref)).state.titles).toEqual(['one', 'two']);
  });

  it('answers a command that changes nothing with the head', async () => {
    const runner = new CommandRunner(new InMemoryEventStore());
    await runner.run(projects, ref, command('1'), titled('one'));
    expect(await runner.run(projects, ref, command('2'), titled('one'))).toMatchObject({ events: [], position: 1, duplicate: false });
  });

  it('runs a command once, however often it is sent', async () => {
    const runner = new CommandRunner(new InMemoryEventStore());
    await runner.run(projects, ref, command('1', digest('a')), titled('one'));
    await runner.run(projects, ref, command('2', digest('b')), titled('two'));
    const again = await runner.run(projects, ref, command('1', digest('a')), titled('one'));
    expect(again).toMatchObject({ events: [], position: 1, duplicate: true });
    expect(again.aggregate.state.titles).toEqual(['one', 'two']);
  });

  it('refuses the same command id for another request', async () => {
    const runner = new CommandRunner(new InMemoryEventStore());
    await runner.run(projects, ref, command('1', digest('a')), titled('one'));
    const reused = runner.run(projects, ref, command('1', digest('b')), titled('two'));
    await expect(reused).rejects.toMatchObject({ code: 'idempotency_key_reused' });
  });

  it('decides again on fresh state when it loses a race', async () => {
    const rivals: CommandRunner[] = [];
    const store = new ContestedStore(3, (contested, loss) => rivals[0]!.run(projects, ref, command(`9${loss}`), titled(`rival ${loss}`)));
    rivals.push(new CommandRunner({ ...unbound(store), append: (request) => InMemoryEventStore.prototype.append.call(store, request) }));
    const result = await new CommandRunner(store).run(projects, ref, command('1'), titled('mine'));
    expect(result.aggregate.state.titles).toEqual(['rival 2', 'rival 1', 'rival 0', 'mine']);
  });

  it('gives up after ten lost races with stale_version', async () => {
    const store = new ContestedStore(Infinity, async () => undefined);
    let decisions = 0;
    const lost = new CommandRunner(store).run(projects, ref, command('1'), (state) => {
      decisions++;
      return titled('mine')(state);
    });
    await expect(lost).rejects.toMatchObject({ code: 'stale_version', retryable: true });
    expect(decisions).toBe(10);
  });

  it('lets all of many concurrent commands through, each once', async () => {
    const store = new InMemoryEventStore();
    const runners = [new CommandRunner(store), new CommandRunner(store)];
    const runs = Array.from({ length: 12 }, (_, n) => runners[n % 2]!.run(projects, ref, command(`${n}`), titled(`title ${n}`)));
    await Promise.all(runs);
    const { state } = await runners[0]!.load(projects, ref);
    expect([...state.titles].sort()).toEqual(Array.from({ length: 12 }, (_, n) => `title ${n}`).sort());
  });
});

const unbound = (store: InMemoryEventStore) => ({
  head: store.head.bind(store),
  read: store.read.bind(store),
  appendAtomically: store.appendAtomically.bind(store),
  position: store.position.bind(store),
  at: store.at.bind(store),
  subscribe: store.subscribe.bind(store),
  confirm: store.confirm.bind(store),
});

describe('DeciderSpec', () => {
  const spec = (): DeciderSpec<Project, ProjectEvent, NewProjectEvent> => new DeciderSpec(projects, ref);

  it('compares what was decided', async () => {
    await spec().given(created('one')).when(titled('two')).thenEvents(updated('two'));
    await spec().given(created('one')).when(titled('one')).thenNothing();
    await expect(spec().given(created('one')).when(titled('two')).thenNothing()).rejects.toThrow();
  });

  it('compares the code of a refusal', async () => {
    const refuse = (): never => {
      throw new SlipwayError('already_exists', 'there');
    };
    await spec().when(refuse).thenRefused('already_exists');
    await expect(spec().when(refuse).thenRefused('forbidden')).rejects.toThrow();
    await expect(spec().when(titled('one')).thenRefused('forbidden')).rejects.toThrow();
  });
});

describe('CommandRunner.runNew', () => {
  it('appends without reading first', async () => {
    const store = new InMemoryEventStore();
    const reads = jest.spyOn(store, 'read');
    const made = await new CommandRunner(store).runNew(projects, ref, command('1'), titled('one'));
    expect(made).toMatchObject({ position: 1, duplicate: false, aggregate: { state: { titles: ['one'] } } });
    expect(reads).not.toHaveBeenCalled();
  });

  it('answers a repeated command as before, also when it would now be refused', async () => {
    const store = new InMemoryEventStore();
    await new CommandRunner(store).runNew(projects, ref, command('1', digest('a')), titled('one'));
    const again = new CommandRunner(store);
    expect(await again.runNew(projects, ref, command('1', digest('a')), titled('one'))).toMatchObject({ position: 1, duplicate: true });
    const refusing = () => {
      throw new SlipwayError('resource_deleted', 'gone meanwhile');
    };
    const repeated = await new CommandRunner(store).runNew(projects, ref, command('1', digest('a')), refusing);
    expect(repeated).toMatchObject({ position: 1, duplicate: true, aggregate: { state: { titles: ['one'] } } });
    const other = new CommandRunner(store).runNew(projects, ref, command('1', digest('b')), titled('one'));
    await expect(other).rejects.toMatchObject({ code: 'idempotency_key_reused' });
  });

  it('decides again on what is there when another command made it', async () => {
    const store = new InMemoryEventStore();
    await new CommandRunner(store).run(projects, ref, command('1'), titled('one'));
    const result = await new CommandRunner(store).runNew(projects, ref, command('2'), titled('two'));
    expect(result.aggregate.state.titles).toEqual(['one', 'two']);
    const refused = new CommandRunner(store).runNew(projects, ref, command('3'), () => {
      throw new SlipwayError('resource_deleted', 'gone');
    });
    await expect(refused).rejects.toMatchObject({ code: 'resource_deleted' });
  });
});
