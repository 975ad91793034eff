import type { AggregateRef } from '@slipway/contracts';
import type { AppendRequest, AppendResult, EventBatch, EventStore, Recorded, SubscribeOptions } from '@slipway/event-sourcing';
import type { NatsConnection } from '@nats-io/transport-node';
import { AggregateReader } from './aggregate-reader';
import { Appender } from './append';
import { LiveTail } from './live-tail';
import { LogApi } from './log-api';
import { decodeEvent } from './message';
import { LogSubscriptions } from './subscription';

/** All times in milliseconds. */
export interface JetStreamEventStoreOptions {
  /** A read or one publish; default 5000. */
  readonly requestTimeoutMs?: number;
  /** How long an append whose outcome is unknown is followed up before `outcome_unknown`; default 10000. */
  readonly appendDeadlineMs?: number;
  /** No message while the log moves on: the subscription is made anew; default 15000. */
  readonly stallMs?: number;
  /** Heartbeat of the server's consumers; two and a half missed make a new one; default 2000. */
  readonly heartbeatMs?: number;
  /** Latest messages that subscriptions share; default 1024. */
  readonly ringSize?: number;
  /** Events that stream in are taken together, so far apart: a fraction of the cost of being woken for each; default 0, each at once. */
  readonly gatherMs?: number;
}

/** The event log on JetStream (RELIABILITY.md). Passes the conformance suite of event stores. */
export class JetStreamEventStore implements EventStore {
  private readonly api: LogApi;
  private readonly reader: AggregateReader;
  private readonly appender: Appender;
  private readonly tail: LiveTail;
  private readonly subscriptions: LogSubscriptions;

  constructor(connection: NatsConnection, options: JetStreamEventStoreOptions = {}) {
    const { requestTimeoutMs = 5000, appendDeadlineMs = 10_000, stallMs = 15_000, heartbeatMs = 2000 } = options;
    const { ringSize = 1024, gatherMs = 0 } = options;
    this.api = new LogApi(connection, requestTimeoutMs);
    this.reader = new AggregateReader(this.api);
    this.appender = new Appender(this.api.link, this.reader, { publishTimeoutMs: requestTimeoutMs, appendDeadlineMs });
    this.tail = new LiveTail(this.api, { ringSize, heartbeatMs, stallMs, gatherMs });
    this.subscriptions = new LogSubscriptions(this.api, this.tail, { heartbeatMs, stallMs });
  }

  head(ref: AggregateRef): Promise<Recorded | undefined> {
    return this.reader.head(ref);
  }

  read(ref: AggregateRef, after = 0): Promise<readonly Recorded[]> {
    return this.reader.read(ref, after);
  }

  async append(request: AppendRequest): Promise<AppendResult> {
    const [result] = await this.appender.append([request]);
    return result!;
  }

  appendAtomically(requests: readonly AppendRequest[]): Promise<AppendResult[]> {
    return this.appender.append(requests);
  }

  async position(): Promise<number> {
    return (await this.api.range()).last;
  }

  async at(position: number): Promise<Recorded | undefined> {
    const stored = await this.api.at(position);
    return stored && decodeEvent(stored);
  }

  confirm(position: number): Promise<void> {
    return this.tail.confirm(position);
  }

  subscribe(options: SubscribeOptions): AsyncIterable<EventBatch> {
    return this.subscriptions.subscribe(options);
  }
}
