import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { SlipwayError } from '@slipway/contracts';
import type { EventStore, Recorded } from '@slipway/event-sourcing';
import { EVENT_STORE, LOGGER, type Logger } from '@slipway/service-kit';
import { TailEvent } from './tail-event';

export type TailListener = (event: TailEvent) => void;

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

/** The end of the log, followed once for all streams of this gateway: each event is taken in and encoded once, if anyone listens. */
@Injectable()
export class LiveTail implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly listeners = new Set<TailListener>();
  private readonly stop = new AbortController();
  private followed: Promise<void> | undefined;
  private at = 0;

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.at = await this.store.position();
    this.followed = this.follow();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await this.followed;
  }

  /** Position of the last event that listeners have been given; a new listener gets all behind it. */
  get position(): number {
    return this.at;
  }

  /**
   * A client can only resume behind what the log holds; one that cannot, e.g. after a reset, would wait for ever.
   * @throws SlipwayError `invalid_request`
   */
  async requireReached(position: number | undefined): Promise<void> {
    if (position === undefined || position <= this.at || position <= (await this.store.position())) return;
    throw new SlipwayError('invalid_request', 'Last-Event-ID lies behind the end of the log; open the stream again without it.');
  }

  /** @returns how to stop listening. */
  listen(listener: TailListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** A subscription that ends or breaks is a fault of the connection: begun again from our own position. */
  private async follow(): Promise<void> {
    let pauseMs = FIRST_PAUSE_MS;
    while (!this.stop.signal.aborted) {
      try {
        const passed = (position: number): void => void (this.at = Math.max(this.at, position));
        const wanted = (): boolean => this.listeners.size > 0;
        for await (const batch of this.store.subscribe({ after: this.at, subjects: [], signal: this.stop.signal, passed, wanted })) {
          for (const recorded of batch.events) this.hand(recorded);
          this.at = Math.max(this.at, batch.position);
          pauseMs = FIRST_PAUSE_MS;
        }
      } catch (error) {
        if (!this.stop.signal.aborted) this.logger.warn({ error, position: this.at }, 'live tail interrupted');
      }
      await delay(pauseMs, undefined, { signal: this.stop.signal }).catch(() => undefined);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    }
  }

  private hand(recorded: Recorded): void {
    if (recorded.position <= this.at) return;
    this.at = recorded.position;
    if (this.listeners.size === 0) return;
    const event = new TailEvent(recorded);
    for (const listener of this.listeners) listener(event);
  }
}
