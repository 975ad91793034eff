import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { SlipwayError, typeSubjects } from '@slipway/contracts';
import type { EventStore } from '@slipway/event-sourcing';
import type { Logger } from '../logging/logger';
import { EVENT_STORE, LOGGER } from '../platform/tokens';
import { DirectoryState } from './directory.state';

const SUBJECTS = typeSubjects('account', 'token', 'role', 'binding', 'team', 'project', 'environment');
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
const REACH_MS = 5_000;

/**
 * A process's view of identity and permission, in memory: read from the log before the first request is taken, and following it
 * live. Authentication asks this view and nothing else (ADR 0021).
 */
@Injectable()
export class AccessDirectory implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly state = new DirectoryState();
  private readonly stop = new AbortController();
  private readonly listeners = new Set<() => void>();
  private readonly waiting = new Set<() => void>();
  private followed: Promise<void> | undefined;
  private at = 0;
  private changes = 0;
  private complete = false;

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.followed = this.follow();
    await this.whole();
  }

  /** Resolves once the log has been read up to where it was at the start. */
  async whole(): Promise<void> {
    await this.until(() => this.complete);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stop.abort();
    this.wake();
    await this.followed;
  }

  /** Counts changes: what was concluded at one number holds as long as the number stays. */
  get version(): number {
    return this.changes;
  }

  /** @returns how to stop listening. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Resolves when the view has seen the position. @throws SlipwayError `dependency_unavailable` */
  async reach(position: number | null): Promise<void> {
    if (position === null || this.at >= position) return;
    await this.store.confirm(position);
    await this.within(REACH_MS, () => this.at >= position);
  }

  /** Resolves when the condition holds. @throws SlipwayError `dependency_unavailable` when it does not in time */
  async within(ms: number, condition: () => boolean): Promise<void> {
    if (condition()) return;
    const late = new AbortController();
    const timer = setTimeout(() => {
      late.abort();
      this.wake();
    }, ms);
    await this.until(() => condition() || late.signal.aborted);
    clearTimeout(timer);
    if (!condition()) throw new SlipwayError('dependency_unavailable', 'The view of accounts and tokens is behind; try again shortly.');
  }

  private async until(condition: () => boolean): Promise<void> {
    while (!condition() && !this.stop.signal.aborted) {
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          this.waiting.delete(wake);
          resolve();
        };
        this.waiting.add(wake);
      });
    }
  }

  /** A subscription that ends or breaks is a fault of the connection: begun again from our own position. */
  private async follow(): Promise<void> {
    const { signal } = this.stop;
    const passed = (position: number): void => {
      this.at = position;
      this.wake();
    };
    for (let pauseMs = FIRST_PAUSE_MS; !signal.aborted; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      try {
        for await (const batch of this.store.subscribe({ after: this.at, subjects: SUBJECTS, signal, passed })) {
          for (const { event } of batch.events) this.state.take(event);
          this.complete ||= batch.caughtUp;
          if (batch.events.length > 0) this.changed();
          passed(batch.position);
          pauseMs = FIRST_PAUSE_MS;
        }
      } catch (error) {
        if (!signal.aborted) this.logger.warn({ error, position: this.at }, 'view of accounts and tokens interrupted');
      }
      await delay(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }

  private changed(): void {
    this.changes++;
    for (const listener of this.listeners) listener();
  }

  private wake(): void {
    for (const wake of [...this.waiting]) wake();
  }
}
