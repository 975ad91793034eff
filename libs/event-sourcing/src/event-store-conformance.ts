import { deriveId, isSlipwayError, type AggregateRef, type NewProjectEvent } from '@slipway/contracts';
import { randomBytes } from 'node:crypto';
import { envelopesOf } from './envelope';
import { testContext } from './decider-driver';
import { EMPTY_HEAD, headOf, StaleVersion } from './event-store';
import type { AggregateHead, AppendRequest, EventBatch, EventStore, Recorded } from './event-store';

const newProject = (): AggregateRef => {
  const id = `p${randomBytes(8).toString('hex')}`;
  return { projectId: id, type: 'project', id };
};

/** A request to append `count` valid events of a project; `tag` makes the command. */
export function projectAppend(ref: AggregateRef, expected: AggregateHead, tag: string, count = 1): AppendRequest {
  const events = Array.from({ length: count }, (_, index): NewProjectEvent => {
    const version = expected.version + index + 1;
    return version === 1
      ? { action: 'project.created', status: 'active', detail: { name: ref.id, title: tag, team_id: '_' } }
      : { action: 'project.updated', status: 'active', detail: { title: `${tag} ${version}` } };
  });
  const context = testContext({ commandId: deriveId('command', ref.id, tag) });
  return { ref, expected, events: envelopesOf(ref, expected.version, events, context) };
}

/** Reads a subscription until `done` says so. */
export async function collect(
  subscription: AsyncIterable<EventBatch>,
  done: (events: Recorded[], batch: EventBatch) => boolean,
): Promise<Recorded[]> {
  const events: Recorded[] = [];
  for await (const batch of subscription) {
    events.push(...batch.events);
    if (done(events, batch)) break;
  }
  return events;
}

/** How far a subscription says it is. */
class Progress {
  private check: () => void = () => undefined;
  constructor(public known: number) {}

  readonly passed = (position: number): void => {
    this.known = Math.max(this.known, position);
    this.check();
  };

  reached(position: number): Promise<void> {
    return new Promise((resolve) => {
      this.check = () => (this.known >= position ? resolve() : undefined);
      this.check();
    });
  }
}

/** What every event store promises. `store()` is called in each test; the log need not be empty. */
export function eventStoreConformance(name: string, store: () => EventStore): void {
  const appended = async (ref: AggregateRef, versions: number): Promise<Recorded[]> => {
    const recorded: Recorded[] = [];
    for (let version = 0; version < versions; version++) {
      const last = recorded.at(-1);
      const result = await store().append(projectAppend(ref, last ? headOf(last) : EMPTY_HEAD, `v${version + 1}`));
      recorded.push(...result.recorded);
    }
    return recorded;
  };
  const versionsOf = (events: readonly Recorded[]): number[] => events.map(({ event }) => event.aggregate_version);

  describe(`${name}: aggregates`, () => {
    it('has no head and no events for an aggregate that never was', async () => {
      const ref = newProject();
      expect(await store().head(ref)).toBeUndefined();
      expect(await store().read(ref)).toEqual([]);
    });

    it('gives back what was appended, linked by digests and positions', async () => {
      const ref = newProject();
      const recorded = await appended(ref, 4);
      expect(await store().head(ref)).toEqual(recorded[3]);
      expect(await store().read(ref)).toEqual(recorded);
      expect(await store().read(ref, recorded[1]!.position)).toEqual(recorded.slice(2));
      expect(await store().read(ref, recorded[3]!.position)).toEqual([]);
      expect(recorded.map(({ previousDigest }) => previousDigest)).toEqual([null, ...recorded.slice(0, 3).map(({ digest }) => digest)]);
      expect(recorded[3]!.earlier).toEqual(recorded.slice(0, 3).map(({ position }) => position));
      expect(new Set(recorded.map(({ digest }) => digest)).size).toBe(4);
    });

    it('keeps aggregates of other projects with the same id apart', async () => {
      const ref = newProject();
      await appended(ref, 1);
      expect(await store().read({ ...ref, projectId: newProject().id })).toEqual([]);
    });

    it('reads more events than one event can point back to', async () => {
      const ref = newProject();
      const recorded = await appended(ref, 300);
      expect(versionsOf(await store().read(ref))).toEqual(versionsOf(recorded));
      expect(recorded.at(-1)!.earlier).toEqual(recorded.slice(-257, -1).map(({ position }) => position));
      expect(versionsOf(await store().read(ref, recorded[9]!.position))).toEqual(versionsOf(recorded.slice(10)));
    });
  });

  describe(`${name}: appends`, () => {
    it('refuses a stale append and keeps the log as it was', async () => {
      const ref = newProject();
      const [first] = await appended(ref, 2);
      const stale = store().append(projectAppend(ref, headOf(first!), 'late'));
      await expect(stale).rejects.toBeInstanceOf(StaleVersion);
      await expect(store().append(projectAppend(ref, EMPTY_HEAD, 'later'))).rejects.toBeInstanceOf(StaleVersion);
      expect(versionsOf(await store().read(ref))).toEqual([1, 2]);
    });

    it('answers a repeated command with what it appended the first time', async () => {
      const ref = newProject();
      const request = projectAppend(ref, EMPTY_HEAD, 'once');
      const first = await store().append(request);
      await store().append(projectAppend(ref, headOf(first.recorded[0]!), 'then another'));
      const again = await store().append(request);
      expect(first.duplicate).toBe(false);
      expect(again).toEqual({ ...first, duplicate: true });
      expect(versionsOf(await store().read(ref))).toEqual([1, 2]);
    });

    it('lets exactly one of twelve racing writers win each round', async () => {
      const ref = newProject();
      let head = EMPTY_HEAD;
      for (let round = 1; round <= 5; round++) {
        const race = Array.from({ length: 12 }, (_, writer) => store().append(projectAppend(ref, head, `round ${round} writer ${writer}`)));
        const outcomes = await Promise.allSettled(race);
        const won = outcomes.filter((outcome) => outcome.status === 'fulfilled');
        const lost = outcomes.filter((outcome) => outcome.status === 'rejected' && outcome.reason instanceof StaleVersion);
        expect([won.length, lost.length]).toEqual([1, 11]);
        head = headOf(won[0]!.value.recorded[0]!);
      }
      expect(versionsOf(await store().read(ref))).toEqual([1, 2, 3, 4, 5]);
    });

    it('appends nothing that its schema refuses', async () => {
      const ref = newProject();
      const request = projectAppend(ref, EMPTY_HEAD, 'bad');
      const [event] = request.events;
      const bad = { ...event!, detail: { name: 'Not A Name', title: 'bad', team_id: '_' } };
      const refused = await store()
        .append({ ...request, events: [bad] })
        .catch((error: unknown) => error);
      expect(isSlipwayError(refused) && refused.code).toBe('internal');
      expect(await store().head(ref)).toBeUndefined();
    });

    it('refuses events that do not continue the expected version or belong elsewhere', async () => {
      const ref = newProject();
      const request = projectAppend(ref, EMPTY_HEAD, 'gap', 2);
      await expect(store().append({ ...request, events: request.events.slice(1) })).rejects.toMatchObject({ code: 'internal' });
      await expect(store().append({ ...request, ref: newProject() })).rejects.toMatchObject({ code: 'internal' });
      await expect(store().append({ ...request, events: [] })).rejects.toMatchObject({ code: 'internal' });
    });

    it('appends several events of one aggregate together', async () => {
      const ref = newProject();
      const result = await store().append(projectAppend(ref, EMPTY_HEAD, 'three', 3));
      expect(versionsOf(result.recorded)).toEqual([1, 2, 3]);
      expect(await store().read(ref)).toEqual(result.recorded);
      expect(result.recorded[2]!.earlier).toEqual(result.recorded.slice(0, 2).map(({ position }) => position));
      await store().append(projectAppend(ref, headOf(result.recorded[2]!), 'fourth'));
      expect(versionsOf(await store().read(ref))).toEqual([1, 2, 3, 4]);
    });
  });

  describe(`${name}: atomic appends`, () => {
    it('appends to several aggregates, and answers a repetition with the same', async () => {
      const [one, two] = [newProject(), newProject()];
      const requests = [projectAppend(one, EMPTY_HEAD, 'both', 2), projectAppend(two, EMPTY_HEAD, 'both', 1)];
      const results = await store().appendAtomically(requests);
      expect(results.map(({ recorded }) => versionsOf(recorded))).toEqual([[1, 2], [1]]);
      expect(await store().read(one)).toEqual(results[0]!.recorded);
      expect(await store().read(two)).toEqual(results[1]!.recorded);
      const again = await store().appendAtomically(requests);
      expect(again).toEqual(results.map((result) => ({ ...result, duplicate: true })));
    });

    it('appends none if one is stale', async () => {
      const [one, two] = [newProject(), newProject()];
      await appended(two, 1);
      const requests = [projectAppend(one, EMPTY_HEAD, 'none'), projectAppend(two, EMPTY_HEAD, 'none')];
      await expect(store().appendAtomically(requests)).rejects.toBeInstanceOf(StaleVersion);
      expect(await store().head(one)).toBeUndefined();
      expect(versionsOf(await store().read(two))).toEqual([1]);
    });
  });

  describe(`${name}: positions`, () => {
    it('gives the event at a position, and nothing behind the end', async () => {
      const [first, second] = await appended(newProject(), 2);
      expect(await store().at(first!.position)).toEqual(first);
      expect(await store().at(second!.position)).toEqual(second);
      expect(await store().at((await store().position()) + 1)).toBeUndefined();
    });
  });

  describe(`${name}: subscriptions`, () => {
    const signal = (): AbortController => new AbortController();
    /** Follows a project's events behind a position until stopped, and how far that is told to be. */
    const followed = (wanted: AggregateRef, after: number) => {
      const stop = signal();
      const progress = new Progress(after);
      const { passed } = progress;
      const subjects = [`events.${wanted.projectId}.>`];
      const events = collect(store().subscribe({ after, subjects, passed, signal: stop.signal }), (_, { position }) => {
        passed(position);
        return false;
      });
      return { stop, progress, events };
    };

    it('delivers what is there and what comes, in order, once, and says when it has caught up', async () => {
      const [ref, after] = [newProject(), await store().position()];
      const before = await appended(ref, 3);
      let more: Recorded[] | undefined;
      const caughtUpAt: number[] = [];
      const all = await collect(store().subscribe({ after, subjects: [], signal: signal().signal }), (events, batch) => {
        if (batch.caughtUp) caughtUpAt.push(events.length);
        if (events.length === 3 && !more) {
          more = [];
          void store()
            .append(projectAppend(ref, headOf(before[2]!), 'live'))
            .then(({ recorded }) => more!.push(...recorded));
        }
        return events.length >= 4;
      });
      expect(all).toEqual([...before, ...more!]);
      expect(caughtUpAt).toContain(3);
    });

    it('starts behind a checkpoint', async () => {
      const ref = newProject();
      const recorded = await appended(ref, 3);
      const after = recorded[1]!.position;
      const rest = await collect(store().subscribe({ after, subjects: [`events.${ref.projectId}.>`] }), (events) => events.length >= 1);
      expect(rest).toEqual([recorded[2]]);
    });

    it('filters by subject and still accounts for what it skipped', async () => {
      const [wanted, other, after] = [newProject(), newProject(), await store().position()];
      const [first] = await appended(wanted, 1);
      const skipped = await appended(other, 3);
      const subjects = [`events.${wanted.projectId}.project.*.${wanted.id}`];
      const events = await collect(store().subscribe({ after, subjects }), (_, { position }) => position >= skipped[2]!.position);
      expect(events).toEqual([first]);
    });

    it('accounts for what it passes over while the consumer waits, and then delivers what is for it', async () => {
      const [wanted, other, after] = [newProject(), newProject(), await store().position()];
      const subjects = [`events.${wanted.projectId}.project.*.${wanted.id}`];
      const progress = new Progress(-1);
      const { passed } = progress;
      const events = collect(store().subscribe({ after, subjects, passed }), (found, { position }) => {
        passed(position);
        return found.length > 0;
      });
      await progress.reached(after);
      const skipped = await appended(other, 2);
      await store().confirm(skipped[1]!.position);
      await progress.reached(skipped[1]!.position);
      await appended(wanted, 1);
      expect((await events).map(({ event }) => event.resource_id)).toEqual([wanted.id]);
    });

    it('gives each of several subscriptions its own, those that come in the middle of it too, without a gap and without a double', async () => {
      const [one, two, after] = [newProject(), newProject(), await store().position()];
      const follow = (refs: readonly AggregateRef[], count: number) =>
        collect(
          store().subscribe({ after, subjects: refs.map(({ projectId }) => `events.${projectId}.>`), passed: () => undefined }),
          (events) => events.length >= count,
        );
      const first = follow([one], 20);
      const appending = Promise.all([appended(one, 20), appended(two, 20)]);
      await store().append(projectAppend(newProject(), EMPTY_HEAD, 'of nobody'));
      const others = [follow([two], 20), follow([one, two], 40)];
      const [ofOne, ofTwo] = await appending;
      const inOrder = [...ofOne, ...ofTwo].sort((a, b) => a.position - b.position);
      expect(await first).toEqual(ofOne);
      expect(await Promise.all(others)).toEqual([ofTwo, inOrder]);
    });

    it('confirms what was appended while a confirmation was under way', async () => {
      const [wanted, after] = [newProject(), await store().position()];
      const { progress, events, stop } = followed(wanted, after);
      for (let round = 0; round < 20; round++) {
        const [other] = await appended(newProject(), 1);
        const first = store().confirm(other!.position);
        const [later] = await appended(newProject(), 1);
        await Promise.all([first, store().confirm(later!.position)]);
        await progress.reached(later!.position);
      }
      stop.abort();
      expect(await events).toEqual([]);
    });

    it('confirms no further than the log goes', async () => {
      const [wanted, after] = [newProject(), await store().position()];
      const { progress, events, stop } = followed(wanted, after);
      const [, last] = await appended(newProject(), 2);
      await store().confirm(last!.position + 1_000);
      await appended(wanted, 1);
      await progress.reached(last!.position + 1);
      expect(progress.known).toBeLessThanOrEqual(await store().position());
      stop.abort();
      expect((await events).map(({ event }) => event.resource_id)).toEqual([wanted.id]);
    });

    it('keeps batches within the bound', async () => {
      const [ref, after] = [newProject(), await store().position()];
      await appended(ref, 7);
      const sizes: number[] = [];
      await collect(store().subscribe({ after, subjects: [], maxBatch: 3 }), (events, batch) => {
        sizes.push(batch.events.length);
        return events.length >= 7;
      });
      expect(Math.max(...sizes)).toBeLessThanOrEqual(3);
    });

    it('ends when told to', async () => {
      const stop = signal();
      const subscription = store().subscribe({ after: await store().position(), subjects: [], signal: stop.signal });
      const batches = collect(subscription, ([], { caughtUp }) => {
        if (caughtUp) stop.abort();
        return false;
      });
      expect(await batches).toEqual([]);
    });

    it('refuses a checkpoint that is ahead of the log', async () => {
      const after = (await store().position()) + 1000;
      const refused = collect(store().subscribe({ after, subjects: [] }), () => true);
      await expect(refused).rejects.toMatchObject({ code: 'log_behind_checkpoint' });
    });
  });
}
