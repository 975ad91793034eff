import { setTimeout as delay } from 'node:timers/promises';
import { AckPolicy, DeliverPolicy, jetstream, JetStreamApiError, jetstreamManager, type Consumer, type JsMsg } from '@nats-io/jetstream';
import { nanos, type NatsConnection } from '@nats-io/transport-node';
import { actionSubject, isSlipwayError, STREAMS, type AggregateRef, type EventEnvelope } from '@slipway/contracts';
import type { EventStore, Recorded } from '@slipway/event-sourcing';
import { SpanKind } from '@opentelemetry/api';
import { inCall, inSpan } from '@slipway/service-kit';
import { mayPass } from '../run/journal';
import type { RunLogger } from '../run/run.ports';
import type { Executor } from './executor';
import { WORK_ACTIONS } from './work-item';

/** Shared by all executors: each message goes to one of them, again after `ACK_WAIT_MS` without an acknowledgement. */
export const WORK_CONSUMER = 'executor-work';
const ACK_WAIT_MS = 5_000;
/** Also how long stopping may take. */
const PULL_MS = 1_000;
const RETRY_MS = 250;

export interface WorkIntakeOptions {
  readonly connection: NatsConnection;
  readonly store: EventStore;
  readonly executor: Executor;
  readonly logger: RunLogger;
  /** @throws SlipwayError while nothing may be begun, e.g. `log_behind_checkpoint`. */
  assertSound(): void;
}

/**
 * Takes work from the durable consumer, one message at a time. The acknowledgement says "claimed in the log": until then the
 * message comes again, and what it names is one execution however often it comes.
 */
export class WorkIntake {
  private readonly stopped = new AbortController();
  private loop: Promise<void> | undefined;

  constructor(private readonly options: WorkIntakeOptions) {}

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
        const consumer = await this.open();
        while (!this.stopped.signal.aborted) await this.next(consumer);
      } catch (error) {
        if (this.stopped.signal.aborted) return;
        this.options.logger.warn({ error }, 'work cannot be taken right now');
        await this.pause(RETRY_MS);
      }
    }
  }

  private async next(consumer: Consumer): Promise<void> {
    if (this.options.executor.isFull) return this.pause(RETRY_MS);
    const message = await consumer.next({ expires: PULL_MS });
    if (message) await this.take(message);
  }

  private async take(message: JsMsg): Promise<void> {
    // Nothing is begun by a process that ends: the next one gets it at once.
    if (this.stopped.signal.aborted) return message.nak();
    try {
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
  async pending(): Promise<number> {
    const manager = await jetstreamManager(this.options.connection, { checkAPI: false });
    return (await manager.consumers.info(STREAMS.events, WORK_CONSUMER)).num_pending;
  }

  /** The event as the log holds it at the message's position. */
  private async recorded(message: JsMsg): Promise<Recorded | undefined> {
    const event = message.json<EventEnvelope>();
    const ref: AggregateRef = { projectId: event.project_id, type: event.resource_type, id: event.resource_id };
    const events = await this.options.store.read(ref, message.seq - 1);
    return events.find(({ position }) => position === message.seq);
  }

  private async open(): Promise<Consumer> {
    const { connection } = this.options;
    const manager = await jetstreamManager(connection, { checkAPI: false });
    try {
      await manager.consumers.info(STREAMS.events, WORK_CONSUMER);
    } catch (error) {
      if (!(error instanceof JetStreamApiError)) throw error;
      await manager.consumers.add(STREAMS.events, {
        durable_name: WORK_CONSUMER,
        filter_subjects: WORK_ACTIONS.map(actionSubject),
        ack_policy: AckPolicy.Explicit,
        ack_wait: nanos(ACK_WAIT_MS),
        deliver_policy: DeliverPolicy.All,
        max_deliver: -1,
        max_ack_pending: 1000,
      });
    }
    return jetstream(connection, { checkAPI: false }).consumers.get(STREAMS.events, WORK_CONSUMER);
  }

  private pause(ms: number): Promise<void> {
    return delay(ms, undefined, { signal: this.stopped.signal }).catch(() => undefined);
  }
}
