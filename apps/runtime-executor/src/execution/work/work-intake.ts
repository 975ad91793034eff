import { setTimeout as delay } from 'node:timers/promises';
import type { Consumer, JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { isSlipwayError, type AggregateRef, type EventEnvelope } from '@slipway/contracts';
import type { EventStore, Recorded } from '@slipway/event-sourcing';
import { SpanKind } from '@opentelemetry/api';
import { inCall, inSpan } from '@slipway/service-kit';
import { mayPass } from '../run/journal';
import type { RunLogger } from '../run/run.ports';
import type { Executor } from './executor';
import { WorkConsumer } from './work-consumer';
import { WORK_ACTIONS } from './work-item';

/** Also how long stopping may take. */
const PULL_MS = 1_000;
const RETRY_MS = 250;
/** A message that this version does not know is left to a newer executor for so many tries, ten minutes. */
const UNKNOWN_TRIES = 120;
const UNKNOWN_RETRY_MS = 5_000;
const KNOWN: ReadonlySet<string> = new Set(WORK_ACTIONS);

export interface WorkIntakeOptions {
  readonly connection: NatsConnection;
  readonly store: EventStore;
  readonly executor: Executor;
  readonly logger: RunLogger;
  /** @throws SlipwayError while nothing may be begun, e.g. `log_behind_checkpoint`. */
  assertSound(): void;
  /** No progress of the consumer for so long is a stall; default 15 s. */
  readonly stalledAfterMs?: number;
}

/**
 * Takes work from the durable consumer, one message at a time. The acknowledgement says "claimed in the log": until then the
 * message comes again, and what it names is one execution however often it comes.
 */
export class WorkIntake {
  private readonly stopped = new AbortController();
  private readonly consumer: WorkConsumer;
  private loop: Promise<void> | undefined;

  constructor(private readonly options: WorkIntakeOptions) {
    this.consumer = new WorkConsumer(options);
  }

  start(): void {
    this.loop = this.run();
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.loop;
  }

  private async run(): Promise<void> {
    while (!this.stopped.signal.aborted) {
      try {
        const consumer = await this.consumer.open();
        while (!this.stopped.signal.aborted) await this.next(consumer);
      } catch (error) {
        if (this.stopped.signal.aborted) return;
        this.options.logger.warn({ error }, 'work cannot be taken right now');
        await this.pause(RETRY_MS);
      }
    }
  }

  private async next(consumer: Consumer): Promise<void> {
    if (this.options.executor.isFull) {
      this.consumer.moved();
      return this.pause(RETRY_MS);
    }
    const message = await consumer.next({ expires: PULL_MS });
    if (!message) return this.consumer.watch();
    this.consumer.moved();
    await this.take(message);
  }

  private async take(message: JsMsg): Promise<void> {
    // Nothing is begun by a process that ends: the next one gets it at once.
    if (this.stopped.signal.aborted) return message.nak();
    try {
      if (isForNewer(message)) return message.nak(UNKNOWN_RETRY_MS);
      await this.traced(message);
      message.ack();
    } catch (error) {
      const fields = { error, position: message.seq, subject: message.subject };
      if (mayPass(error) || !isSlipwayError(error)) {
        this.options.logger.warn(fields, 'work could not be claimed and comes again');
        message.nak(RETRY_MS);
      } else {
        this.options.logger.error(fields, 'work can never be claimed');
        message.term(error.code);
      }
    }
  }

  /** What follows from the event is told under its correlation and its trace. */
  private async traced(message: JsMsg): Promise<void> {
    this.options.assertSound();
    const recorded = await this.recorded(message);
    if (!recorded) return;
    const { correlation_id: correlationId, event_id: causationId } = recorded.event;
    const span = { kind: SpanKind.CONSUMER, traceparent: message.headers?.get('traceparent') || undefined };
    await inCall({ correlationId, causationId, fields: {} }, () =>
      inSpan(`take ${recorded.event.action}`, span, () => this.options.executor.take(recorded)),
    );
  }

  /** Messages that no executor has yet. @throws what the client throws while the server is away */
  pending(): Promise<number> {
    return this.consumer.pending();
  }

  /** The event as the log holds it at the message's position. */
  private async recorded(message: JsMsg): Promise<Recorded | undefined> {
    const event = message.json<EventEnvelope>();
    const ref: AggregateRef = { projectId: event.project_id, type: event.resource_type, id: event.resource_id };
    const events = await this.options.store.read(ref, message.seq - 1);
    return events.find(({ position }) => position === message.seq);
  }

  private pause(ms: number): Promise<void> {
    return delay(ms, undefined, { signal: this.stopped.signal }).catch(() => undefined);
  }
}

/** An executor of a newer version, which asked for it, takes it; where none comes, it is nobody's. */
const isForNewer = (message: JsMsg): boolean =>
  !KNOWN.has(message.json<EventEnvelope>().action) && message.info.deliveryCount < UNKNOWN_TRIES;
