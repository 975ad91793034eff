import type { QueryClient } from '@tanstack/react-query';
import { api, isSignedOut, noteSeen, type AuditEvent, type TimelineEntry } from '../api/client';
import { forgetSession } from '../session/session';
import { changedBy, joinsTimeline } from './changed-queries';

export type LiveState = 'connecting' | 'live' | 'lost';

/** A page that nobody looks at lets go of its connection after this time: a browser has six for one host. */
const HIDDEN_MS = 60_000;
/** Events that come together refresh together. */
const GATHER_MS = 120;

type Listener = (event: AuditEvent) => void;

/**
 * One event stream for the whole page. What it tells refreshes the queries that it is about; after a break it resumes behind the
 * last event, and refreshes everything, so that nothing is missed.
 */
export class LiveEvents {
  private state: LiveState = 'connecting';
  private lastId: string | undefined;
  private stop: AbortController | undefined;
  private hiddenTimer: number | undefined;
  private gathering: number | undefined;
  private readonly gathered = new Map<string, readonly unknown[]>();
  private readonly stateListeners = new Set<() => void>();
  private readonly listeners = new Set<Listener>();

  constructor(private readonly queries: QueryClient) {}

  readonly getState = (): LiveState => this.state;
  readonly onState = (listener: () => void): (() => void) => {
    this.stateListeners.add(listener);
    return () => this.stateListeners.delete(listener);
  };
  readonly onEvent = (listener: Listener): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Follows until the returned function is called. */
  start(): () => void {
    const onVisibility = (): void => this.visibilityChanged();
    document.addEventListener('visibilitychange', onVisibility);
    this.connect();
    return () => {
      document.removeEventListener('visibilitychange', onVisibility);
      window.clearTimeout(this.hiddenTimer);
      window.clearTimeout(this.gathering);
      this.stop?.abort();
      this.stop = undefined;
      this.lastId = undefined;
    };
  }

  private visibilityChanged(): void {
    window.clearTimeout(this.hiddenTimer);
    if (document.hidden) this.hiddenTimer = window.setTimeout(() => this.disconnect(), HIDDEN_MS);
    else if (!this.stop) this.connect();
  }

  private disconnect(): void {
    this.stop?.abort();
    this.stop = undefined;
  }

  private connect(): void {
    const stop = new AbortController();
    this.stop = stop;
    this.follow(stop.signal).catch((error: unknown) => {
      if (stop.signal.aborted) return;
      this.become('lost');
      if (isSignedOut(error)) forgetSession();
    });
  }

  private async follow(signal: AbortSignal): Promise<void> {
    const stream = api.events<AuditEvent>('/api/v1/events', {
      signal,
      lastEventId: this.lastId,
      onState: (state) => {
        this.become(state === 'open' ? 'live' : 'lost');
        if (state === 'open') void this.queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'preview' });
      },
    });
    for await (const { id, data } of stream) {
      this.lastId = id;
      this.take(data);
    }
  }

  private become(state: LiveState): void {
    if (state === this.state) return;
    this.state = state;
    this.stateListeners.forEach((listener) => listener());
  }

  private take(event: AuditEvent): void {
    noteSeen(event.position);
    for (const query of this.queries.getQueryCache().findAll({ queryKey: ['timeline'] })) {
      const entries = query.state.data as TimelineEntry[] | undefined;
      const releaseId = query.queryKey[1] as string;
      if (entries && joinsTimeline(entries, releaseId, event)) {
        this.queries.setQueryData(query.queryKey, [...entries, event]);
        this.gather(['release', releaseId]);
      }
    }
    changedBy(event).forEach((key) => this.gather(key));
    this.listeners.forEach((listener) => listener(event));
  }

  private gather(key: readonly unknown[]): void {
    this.gathered.set(JSON.stringify(key), key);
    this.gathering ??= window.setTimeout(() => {
      this.gathering = undefined;
      const keys = [...this.gathered.values()];
      this.gathered.clear();
      for (const queryKey of keys) void this.queries.invalidateQueries({ queryKey: [...queryKey] });
    }, GATHER_MS);
  }
}
