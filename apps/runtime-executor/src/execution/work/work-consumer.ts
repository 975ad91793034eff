import {
  AckPolicy,
  DeliverPolicy,
  jetstream,
  JetStreamApiError,
  jetstreamManager,
  type Consumer,
  type ConsumerAPI,
  type ConsumerInfo,
} from '@nats-io/jetstream';
import { nanos, type NatsConnection } from '@nats-io/transport-node';
import { actionSubject, STREAMS } from '@slipway/contracts';
import type { RunLogger } from '../run/run.ports';
import { WORK_ACTIONS } from './work-item';

/** Shared by all executors: each message goes to one of them, again after `ACK_WAIT_MS` without an acknowledgement. */
export const WORK_CONSUMER = 'executor-work';
const ACK_WAIT_MS = 5_000;
/** Work that nobody gets for so long: the server has lost track (RELIABILITY.md). */
const STALLED_AFTER_MS = 15_000;
const NO_CONSUMER = 10014;
const SETTINGS = { ack_wait: nanos(ACK_WAIT_MS), max_deliver: -1, max_ack_pending: 1000 } as const;
const SUBJECTS = WORK_ACTIONS.map(actionSubject);

export interface WorkConsumerOptions {
  readonly connection: NatsConnection;
  readonly logger: RunLogger;
  readonly stalledAfterMs?: number;
}

/** The durable consumer that all executors take work from: kept as this version wants it, and made anew when it stalls. */
export class WorkConsumer {
  private seen: { readonly info: ConsumerInfo; readonly atMs: number } | undefined;

  constructor(private readonly options: WorkConsumerOptions) {}

  /** @throws what the client throws while the server is away */
  async open(): Promise<Consumer> {
    const consumers = await this.api();
    this.seen = undefined;
    const info = await consumers.info(STREAMS.events, WORK_CONSUMER).catch((error: unknown) => {
      if (error instanceof JetStreamApiError && error.code === NO_CONSUMER) return undefined;
      throw error;
    });
    if (info) await this.update(consumers, info);
    else await this.add(consumers, { deliver_policy: DeliverPolicy.All });
    return jetstream(this.options.connection, { checkAPI: false }).consumers.get(STREAMS.events, WORK_CONSUMER);
  }

  /** Messages that no executor has yet. @throws what the client throws while the server is away */
  async pending(): Promise<number> {
    return (await (await this.api()).info(STREAMS.events, WORK_CONSUMER)).num_pending;
  }

  /** Somebody took a message, or this process does not ask: nothing can be told about progress. */
  moved(): void {
    this.seen = undefined;
  }

  /**
   * To be called while this process asks and gets nothing. Work that neither it nor another executor got since long is a consumer that
   * stalled: it is made anew from what was acknowledged. What comes twice by that is one execution.
   */
  async watch(): Promise<void> {
    const now = performance.now();
    const { stalledAfterMs = STALLED_AFTER_MS, logger } = this.options;
    if (this.seen && now - this.seen.atMs < stalledAfterMs) return;
    const consumers = await this.api();
    const info = await consumers.info(STREAMS.events, WORK_CONSUMER);
    const stalled = this.seen !== undefined && hasWork(info) && progressOf(info) === progressOf(this.seen.info);
    this.seen = { info, atMs: now };
    if (!stalled) return;
    const fields = { pending: info.num_pending, unacknowledged: info.num_ack_pending, acknowledged: info.ack_floor.stream_seq };
    logger.warn(fields, 'the work consumer has stalled and is made anew');
    this.seen = undefined;
    await consumers.delete(STREAMS.events, WORK_CONSUMER);
    await this.add(consumers, { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: info.ack_floor.stream_seq + 1 });
  }

  /** Subjects are only added: an executor of an older version may run beside, and one of a newer. */
  private async update(consumers: ConsumerAPI, { config }: ConsumerInfo): Promise<void> {
    const had = config.filter_subjects ?? [];
    const wanted = [...new Set([...had, ...SUBJECTS])];
    const same = Object.entries(SETTINGS).every(([name, value]) => config[name as keyof typeof SETTINGS] === value);
    if (same && wanted.length === had.length) return;
    const added = wanted.filter((subject) => !had.includes(subject));
    this.options.logger.info({ added }, 'the work consumer is brought up to date');
    await consumers.update(STREAMS.events, WORK_CONSUMER, { ...SETTINGS, filter_subjects: wanted });
  }

  private async add(
    consumers: ConsumerAPI,
    from: { readonly deliver_policy: DeliverPolicy; readonly opt_start_seq?: number },
  ): Promise<void> {
    const fixed = { durable_name: WORK_CONSUMER, ack_policy: AckPolicy.Explicit };
    await consumers.add(STREAMS.events, { ...fixed, ...SETTINGS, ...from, filter_subjects: SUBJECTS });
  }

  private async api(): Promise<ConsumerAPI> {
    return (await jetstreamManager(this.options.connection, { checkAPI: false })).consumers;
  }
}

const hasWork = ({ num_pending: pending, num_ack_pending: unacknowledged }: ConsumerInfo): boolean => pending + unacknowledged > 0;

/** Every delivery and every acknowledgement changes it, and another executor that made the consumer anew. */
const progressOf = ({ created, delivered, ack_floor: floor }: ConsumerInfo): string =>
  [created, delivered.consumer_seq, floor.consumer_seq].join(' ');
