import { aggregateSubject, digestOf, eventSubject, SlipwayError, type AggregateRef, type EventEnvelope } from '@slipway/contracts';
import { earlierAfter, headOf, StaleVersion } from './event-store';
import type { AggregateHead, AppendRequest, AppendResult, EventBatch, EventStore, Recorded, SubscribeOptions } from './event-store';
import { checkAppend } from './event-validation';
import { subjectMatcher } from './subject-filter';

interface Entry {
  readonly subject: string;
  readonly recorded: Recorded;
}

/** The log in this process's memory: for specs of deciders, commands and projections. Passes the conformance suite of every store. */
export class InMemoryEventStore implements EventStore {
  private readonly log: Entry[] = [];
  private readonly aggregates = new Map<string, Recorded[]>();
  private readonly waiting = new Set<() => void>();

  async head(ref: AggregateRef): Promise<Recorded | undefined> {
    return this.of(ref).at(-1);
  }

  async read(ref: AggregateRef, after = 0): Promise<readonly Recorded[]> {
    return this.of(ref).filter(({ position }) => position > after);
  }

  async append(request: AppendRequest): Promise<AppendResult> {
    const [result] = await this.appendAtomically([request]);
    return result!;
  }

  async appendAtomically(requests: readonly AppendRequest[]): Promise<AppendResult[]> {
    requests.forEach(checkAppend);
    const before = requests.map((request) => this.appendedBefore(request));
    if (before.every((result) => result !== undefined)) return before;
    for (const { ref, expected } of requests) {
      if ((this.of(ref).at(-1)?.position ?? 0) !== expected.position) throw new StaleVersion(ref, expected.position);
    }
    const results = requests.map(({ ref, expected, events }) => this.store(ref, expected, events));
    this.waiting.forEach((wake) => wake());
    return results;
  }

  async position(): Promise<number> {
    return this.log.length;
  }

  async at(position: number): Promise<Recorded | undefined> {
    return this.log[position - 1]?.recorded;
  }

  /** Subscriptions see everything go by. */
  async confirm(): Promise<void> {}

  async *subscribe({ after, subjects, maxBatch = 500, signal }: SubscribeOptions): AsyncGenerator<EventBatch> {
    if (after > this.log.length) throw logBehind(after, this.log.length);
    const matches = subjectMatcher(subjects);
    let position = after;
    let announced = false;
    while (!signal?.aborted) {
      const events: Recorded[] = [];
      const from = position;
      while (position < this.log.length && events.length < maxBatch) {
        const entry = this.log[position++]!;
        if (matches(entry.subject)) events.push(entry.recorded);
      }
      const caughtUp = position === this.log.length;
      if (position > from || (caughtUp && !announced)) {
        announced = caughtUp;
        yield { events, position, caughtUp };
      } else {
        await this.appended(signal);
      }
    }
  }

  private of(ref: AggregateRef): Recorded[] {
    return this.aggregates.get(aggregateSubject(ref)) ?? [];
  }

  private appendedBefore({ ref, expected, events }: AppendRequest): AppendResult | undefined {
    const ours = this.of(ref).filter(({ position, event }) => position > expected.position && event.command_id === events[0]!.command_id);
    return ours.length > 0 ? { recorded: ours, position: ours.at(-1)!.position, duplicate: true } : undefined;
  }

  private store(ref: AggregateRef, expected: AggregateHead, events: readonly EventEnvelope[]): AppendResult {
    const recorded: Recorded[] = [];
    let head = expected;
    for (const event of events) {
      const subject = eventSubject(ref, event.action);
      const link = {
        position: this.log.length + 1,
        event: structuredClone(event),
        previousDigest: head.digest,
        earlier: earlierAfter(head),
      };
      const entry = { ...link, digest: digestOf({ subject, ...link }) };
      this.log.push({ subject, recorded: entry });
      recorded.push(entry);
      head = headOf(entry);
    }
    this.aggregates.set(aggregateSubject(ref), [...this.of(ref), ...recorded]);
    return { recorded, position: head.position, duplicate: false };
  }

  private appended(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.waiting.delete(wake);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      this.waiting.add(wake);
      signal?.addEventListener('abort', wake);
    });
  }
}

/** A subscriber has seen more than the log holds: the log lost data. */
export const logBehind = (seen: number, head: number): SlipwayError =>
  new SlipwayError(
    'log_behind_checkpoint',
    `The event log ends at ${head}, but ${seen} has been seen: it has lost data. Restore it from a backup; commands are refused until then.`,
    { seen, head },
  );
