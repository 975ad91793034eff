import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { SlipwayError } from '@slipway/contracts';
import type { EventStore, Recorded } from '@slipway/event-sourcing';
import { EVENT_STORE, LOGGER, type Logger } from '@slipway/service-kit';
import { TailEvent } from './tail-event';

export type TailListener = (event: TailEvent) => void;

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

/** The end of the log, followed once for all streams of this gateway while there are any: each event is taken in and encoded once. */
@Injectable()
export class LiveTail implements OnApplicationShutdown {
  private readonly listeners = new Set<TailListener>();
  private stop = new AbortController();
  private begun: Promise<void> | undefined;
  private followed: Promise<void> | undefined;
  private at = 0;

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    this.rest();
    await this.followed;
  }

  /** Position of the last event that listeners have been given; one that has begun to listen gets all behind it. */
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

  /** @returns how to stop listening. @throws SlipwayError `dependency_unavailable` */
  async listen(listener: TailListener): Promise<() => void> {
    this.listeners.add(listener);
    const leave = (): void => {
      if (this.listeners.delete(listener) && this.listeners.size === 0) this.rest();
    };
    try {
      await (this.begun ??= this.begin());
    } catch (error) {
      leave();
      throw error;
    }
    return leave;
  }

  private async begin(): Promise<void> {
    const { signal } = (this.stop = new AbortController());
    const at = await this.store.position();
    if (signal.aborted) return;
    this.at = at;
    this.followed = this.follow(signal);
  }

  private rest(): void {
    this.stop.abort();
    this.begun = undefined;
  }

  /** A subscription that ends or breaks is a fault of the connection: begun again from our own position. */
  private async follow(signal: AbortSignal): Promise<void> {
    let pauseMs = FIRST_PAUSE_MS;
    while (!signal.aborted) {
      try {
        for await (const batch of this.store.subscribe({ after: this.at, subjects: [], signal })) {
          if (signal.aborted) return;
          for (const recorded of batch.events) this.hand(recorded);
          this.at = Math.max(this.at, batch.position);
          pauseMs = FIRST_PAUSE_MS;
        }
      } catch (error) {
        if (!signal.aborted) this.logger.warn({ error, position: this.at }, 'live tail interrupted');
      }
      await delay(pauseMs, undefined, { signal }).catch(() => undefined);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    }
  }

  private hand(recorded: Recorded): void {
    if (recorded.position <= this.at) return;
    this.at = recorded.position;
    const event = new TailEvent(recorded);
    for (const listener of this.listeners) listener(event);
  }
}
