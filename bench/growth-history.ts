import { deriveId } from '@slipway/contracts';
import { EMPTY_HEAD, envelopesOf, headOf, type AggregateHead, type CommandContext, type EventStore } from '@slipway/event-sourcing';
import { lifeOf, type Told } from './growth-life';

const contextOf = ({ actor, at }: Told, n: number, step: number): CommandContext => ({
  commandId: deriveId('command', 'growth', `${n}`, `${step}`),
  principal: { actorId: actor, actorType: actor.startsWith('service:') ? 'service' : 'human' },
  source: actor.startsWith('service:') ? 'system' : 'api',
  correlationId: `growth-${n}`,
  causationId: `growth-${n}`,
  now: at,
});

/** Appends the lives of releases, many at a time, as a busy platform interleaves them. Slots are shared, and each goes on from its head. */
export class History {
  private readonly heads = new Map<string, Promise<AggregateHead>>();
  private next = 0;

  constructor(private readonly store: EventStore) {}

  /** @returns the log's end once it holds so many events, or a life's more for each in flight. */
  async fill(events: number, inFlight: number): Promise<number> {
    let end = await this.store.position();
    const one = async (): Promise<void> => {
      while (end < events) {
        const n = this.next++;
        for (const [step, told] of lifeOf(n).entries()) end = Math.max(end, await this.append(told, n, step));
        for (const { ref } of lifeOf(n)) if (ref.type !== 'slot') this.heads.delete(ref.id);
      }
    };
    await Promise.all(Array.from({ length: inFlight }, one));
    return this.store.position();
  }

  private async append(told: Told, n: number, step: number): Promise<number> {
    const { ref, event } = told;
    const before = this.heads.get(ref.id) ?? Promise.resolve(EMPTY_HEAD);
    const after = before.then(async (head) => {
      const events = envelopesOf(ref, head.version, [event], contextOf(told, n, step));
      const { recorded } = await this.store.append({ ref, expected: head, events });
      return headOf(recorded[0]!);
    });
    this.heads.set(ref.id, after);
    return (await after).position;
  }
}
