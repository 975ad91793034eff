import { setTimeout as delay } from 'node:timers/promises';
import { isSlipwayError, SlipwayError } from '@slipway/contracts';
import { checkAppend, StaleVersion, type AppendRequest, type AppendResult, type Recorded } from '@slipway/event-sourcing';
import type { AggregateReader } from './aggregate-reader';
import { encodeAppend, recordedOf, type EncodedAppend } from './encode-append';
import { type Link, unavailable } from './link';
import { publish } from './publish';

export interface AppendTimes {
  /** One publish waits this long for its answer. */
  readonly publishTimeoutMs: number;
  /** An append whose outcome is unknown is looked up and tried again for this long. */
  readonly appendDeadlineMs: number;
}

/** The append algorithm of RELIABILITY.md: a lost answer is looked up, then tried again with the SAME expected position. */
export class Appender {
  constructor(
    private readonly link: Link,
    private readonly reader: AggregateReader,
    private readonly times: AppendTimes,
  ) {}

  async append(requests: readonly AppendRequest[]): Promise<AppendResult[]> {
    requests.forEach(checkAppend);
    const encoded = encodeAppend(requests);
    const deadline = performance.now() + this.times.appendDeadlineMs;
    let sent = false;
    for (let attempt = 1; ; attempt++) {
      const published = await publish(this.link, encoded.messages, this.times.publishTimeoutMs);
      if (published.kind === 'stored') return recordedOf(encoded, published.position);
      sent ||= published.kind === 'unknown';
      if (published.kind === 'refused' && !sent) throw unavailable(published.cause);
      const before = await this.appendedBefore(requests, deadline, sent);
      if (before) return before;
      if (published.kind === 'conflict') throw await this.stale(requests);
      if (published.kind === 'duplicate') throw foreignMessageId(encoded, published.position);
      if (performance.now() >= deadline) throw outcomeUnknown(encoded, published.cause);
      await delay(Math.min(50 * attempt, 500));
    }
  }

  /** What the command had appended already: our own first try, or the same command on another replica. */
  private async appendedBefore(requests: readonly AppendRequest[], deadline: number, sent: boolean): Promise<AppendResult[] | undefined> {
    for (let attempt = 1; ; attempt++) {
      try {
        const found = await Promise.all(
          requests.map(({ ref, expected, events }) => this.reader.ofCommand(ref, events[0]!.command_id, expected.position)),
        );
        return found.every((recorded) => recorded.length > 0) ? found.map(asBefore) : undefined;
      } catch (cause) {
        if (!isSlipwayError(cause) || cause.code !== 'dependency_unavailable') throw cause;
        if (performance.now() >= deadline) throw sent ? outcomeUnknown(encodeAppend(requests), cause) : unavailable(cause);
        await this.link.whenUp(250);
        await delay(Math.min(50 * attempt, 500));
      }
    }
  }

  /** Names the aggregate that moved on; of a batch whose ids were repeated, the first. */
  private async stale(requests: readonly AppendRequest[]): Promise<StaleVersion> {
    if (requests.length === 1) return new StaleVersion(requests[0]!.ref, requests[0]!.expected.position);
    const heads = await Promise.all(requests.map(({ ref }) => this.reader.head(ref)));
    const moved = requests.find(({ expected }, index) => (heads[index]?.position ?? 0) !== expected.position) ?? requests[0]!;
    return new StaleVersion(moved.ref, moved.expected.position);
  }
}

const asBefore = (recorded: readonly Recorded[]): AppendResult => ({ recorded, position: recorded.at(-1)!.position, duplicate: true });

const outcomeUnknown = ({ messages }: EncodedAppend, cause: unknown): SlipwayError =>
  new SlipwayError(
    'outcome_unknown',
    'Whether this was recorded is not known yet. Repeat the request with the same Idempotency-Key: it answers as the first one would have.',
    { command_id: messages[0]!.event.command_id },
    { cause },
  );

const foreignMessageId = ({ messages }: EncodedAppend, position: number): SlipwayError =>
  new SlipwayError(
    'internal',
    `Position ${position} of the event log holds another command's message under the id ${messages[0]!.event.event_id}`,
  );
