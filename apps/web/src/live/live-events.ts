import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { api, ApiError, forgetSeen, isSignedOut, noteSeen, type AuditEvent, type GroupView, type TimelineEntry } from '../api/client';
import { forgetSession } from '../session/session';
import { changedBy, joinsGroupTimeline, joinsTimeline } from './changed-queries';
import { refreshAll, refreshKind } from './refreshed-lists';
import { Refresher } from './refresher';

/** `refused`: the gateway will not have it, and the page does not try again by itself. */
export type LiveState = 'connecting' | 'live' | 'lost' | 'refused';

/** A page that nobody looks at lets go of its connection after this time: a browser has six for one host. */
const HIDDEN_MS = 60_000;

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
  private readonly refresher: Refresher;
  private readonly stateListeners = new Set<() => void>();
  private readonly listeners = new Set<Listener>();

  constructor(private readonly queries: QueryClient) {
    this.refresher = new Refresher((queryKey, rows) =>
      rows ? refreshKind(queries, queryKey[0]!, rows) : queries.invalidateQueries({ queryKey }),
    );
  }

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
      this.refresher.stop();
      this.stop?.abort();
      this.stop = undefined;
      this.lastId = undefined;
    };
  }

  private visibilityChanged(): void {
    window.clearTimeout(this.hiddenTimer);
    if (document.hidden) this.hiddenTimer = window.setTimeout(() => this.disconnect(), HIDDEN_MS);
    else this.tryAgain();
  }

  /** Connects, unless a connection is there or under way. */
  readonly tryAgain = (): void => {
    if (this.stop) return;
    this.become('connecting');
    this.connect();
  };

  private disconnect(): void {
    this.stop?.abort();
    this.stop = undefined;
  }

  private connect(): void {
    const stop = new AbortController();
    this.stop = stop;
    this.follow(stop.signal).catch((error: unknown) => {
      if (!stop.signal.aborted) this.refused(error);
    });
  }

  /** A refusal is final, but for one: the log ends before what this page has seen, for it was restored from a backup. */
  private refused(error: unknown): void {
    this.stop = undefined;
    if (isSignedOut(error)) return forgetSession();
    if (this.lastId === undefined || !(error instanceof ApiError) || error.status !== 400) return this.become('refused');
    this.lastId = undefined;
    forgetSeen();
    this.connect();
  }

  private async follow(signal: AbortSignal): Promise<void> {
    const stream = api.events<AuditEvent>('/api/v1/events', {
      signal,
      lastEventId: this.lastId,
      onState: (state) => {
        this.become(state === 'open' ? 'live' : 'lost');
        if (state === 'open') void refreshAll(this.queries);
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
    this.growTimelines(event);
    changedBy(event).forEach((key) => this.refresher.old(key, event.resource_id));
    this.refresher.old(['audit'], event.event_id);
    if (event.resource_type === 'release') groupsOf(this.queries, event.resource_id).forEach((id) => this.refresher.old(['groups'], id));
    this.listeners.forEach((listener) => listener(event));
  }

  /** A timeline in sight takes a new entry as it comes; what it is the timeline of is read again. */
  private growTimelines(event: AuditEvent): void {
    this.growEach('timeline', 'release', event, joinsTimeline);
    this.growEach('group-timeline', 'group', event, (entries, id, fact) =>
      joinsGroupTimeline(entries, id, this.queries.getQueryData<GroupView>(['group', id])?.members ?? [], fact),
    );
  }

  private growEach(key: string, of: string, event: AuditEvent, joins: typeof joinsTimeline): void {
    for (const query of this.queries.getQueryCache().findAll({ queryKey: [key] })) {
      const entries = query.state.data as TimelineEntry[] | undefined;
      const id = query.queryKey[1] as string;
      // What is being read may have been answered before this event: it is read once more.
      if (query.state.fetchStatus === 'fetching') this.refresher.old([key, id], event.resource_id);
      if (!entries || !joins(entries, id, event)) continue;
      this.queries.setQueryData(query.queryKey, [...entries, event]);
      this.refresher.old([of, id], event.resource_id);
    }
  }
}

/** The groups in lists that have this release as a member. */
const groupsOf = (queries: QueryClient, releaseId: string): string[] =>
  queries
    .getQueriesData<InfiniteData<{ items: GroupView[] }>>({ queryKey: ['groups', 'list'] })
    .flatMap(([, lists]) => lists?.pages.flatMap(({ items }) => items) ?? [])
    .flatMap(({ group_id: id, members }) => (members.some(({ release_id: member }) => member === releaseId) ? [id] : []));
