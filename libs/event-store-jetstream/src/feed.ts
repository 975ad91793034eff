import { nuid } from '@nats-io/nuid';
import type { Msg, Subscription } from '@nats-io/transport-node';
import { STREAMS } from '@slipway/contracts';
import type { LogApi } from './log-api';
import type { StoredEvent } from './message';
import { bodyText, headerText, statusOf } from './raw-message';

/** The server's consumer went quiet, lost messages or vanished: make a new one behind the last position. */
export class FeedFault extends Error {
  override readonly name = 'FeedFault';
}

export interface FeedOptions {
  readonly after: number;
  /** Server-side filters, none overlapping another; empty: everything. */
  readonly filters: readonly string[];
  /** Messages asked for at a time; up to twice as many wait here. */
  readonly window: number;
  readonly heartbeatMs: number;
  /** While messages stream in, they are fetched so far apart; a message after a quiet moment comes at once. 0: each comes at once. */
  readonly gatherMs?: number;
}

const PULL_EXPIRY_MS = 30_000;
const INACTIVE_MS = 30_000;

/**
 * Messages in order from a consumer of our own: ephemeral, in memory, without acknowledgements. Checks that its deliveries are
 * gap-free and its server alive; whatever is not so ends it with a FeedFault. An end without a fault does not exist.
 */
export class Feed {
  private readonly queue: StoredEvent[] = [];
  private readonly name = `feed-${nuid.next()}`;
  private subscription: Subscription | undefined;
  private requested = 0;
  private delivered = 0;
  private readonly pace: Pace | undefined;
  private gathering: NodeJS.Timeout | undefined;
  private fault: FeedFault | undefined;
  private wake: (() => void) | undefined;
  private quiet: NodeJS.Timeout | undefined;
  private stopWatching: (() => void) | undefined;
  /** Messages that waited behind `after` when the consumer was made: counted anew by the server, so exact. */
  pending = 0;

  private constructor(
    private readonly api: LogApi,
    private readonly options: FeedOptions,
  ) {
    if (options.gatherMs) this.pace = new Pace(options.gatherMs, options.window);
  }

  /** @throws SlipwayError `dependency_unavailable`, FeedFault */
  static async open(api: LogApi, options: FeedOptions): Promise<Feed> {
    const feed = new Feed(api, options);
    try {
      await feed.create();
      return feed;
    } catch (error) {
      feed.close();
      throw error;
    }
  }

  /**
   * At least one message, at most `max`, in order; none only if `signal` fired. `patienceMs`: messages are known to wait, so silence
   * for that long is a fault. @throws FeedFault
   */
  async take(max: number, signal?: AbortSignal, patienceMs?: number): Promise<StoredEvent[]> {
    while (this.queue.length === 0 && !signal?.aborted) {
      if (this.fault) throw this.fault;
      await this.arrival(signal, patienceMs);
    }
    const taken = this.queue.splice(0, max);
    this.pull();
    return taken;
  }

  close(): void {
    this.fail(new FeedFault('closed'));
    if (!this.api.link.usable) return;
    // The server drops an idle consumer by itself; asking it to only frees its memory sooner.
    this.api.link.publish(`$JS.API.CONSUMER.DELETE.${STREAMS.events}.${this.name}`);
  }

  private async create(): Promise<void> {
    const { after, filters } = this.options;
    const config = {
      name: this.name,
      deliver_policy: 'by_start_sequence',
      opt_start_seq: after + 1,
      ack_policy: 'none',
      replay_policy: 'instant',
      mem_storage: true,
      num_replicas: 1,
      inactive_threshold: INACTIVE_MS * 1_000_000,
      ...(filters.length > 0 ? { filter_subjects: filters } : {}),
    };
    this.stopWatching = this.api.link.onLost(() => this.fail(new FeedFault('connection lost')));
    const body = JSON.stringify({ stream_name: STREAMS.events, config, action: 'create' });
    const info = await this.api.ask<{ error?: { description: string }; num_pending?: number }>(
      `$JS.API.CONSUMER.CREATE.${STREAMS.events}.${this.name}`,
      body,
    );
    if (info.error) throw new FeedFault(info.error.description);
    this.pending = info.num_pending ?? 0;
    const { connection } = this.api.link;
    this.subscription = connection.subscribe(this.api.link.newInbox(), {
      callback: (error, message) => (error ? this.fail(new FeedFault(error.message, { cause: error })) : this.receive(message)),
    });
    this.alive();
    this.pull();
  }

  private receive(message: Msg): void {
    this.alive();
    if (message.subject === this.subscription?.getSubject()) return this.status(message);
    const { position, delivery } = deliveryOf(message.reply ?? '');
    if (delivery !== this.delivered + 1) return this.fail(new FeedFault(`delivery ${delivery} follows ${this.delivered}`));
    this.delivered = delivery;
    this.requested--;
    this.pace?.received();
    this.queue.push(new Delivered(message, position));
    if (this.queue.length === 1) this.wake?.();
  }

  /** 100: heartbeat. 404, 408: a pull ran out, the rest of it is void. Anything else: the consumer is of no use any more. */
  private status(message: Msg): void {
    const headers = headerText(message);
    const code = statusOf(headers);
    if (code === 100) return;
    if (code !== 404 && code !== 408) return this.fail(new FeedFault(headers.split('\r\n', 1)[0]));
    this.requested = 0;
    this.pace?.ended();
    this.pull();
  }

  private pull(): void {
    if (this.fault || this.gathering) return;
    const { pace } = this;
    if (!pace) {
      if (this.requested + this.queue.length <= this.options.window) this.request(this.options.window);
      return;
    }
    if (this.requested + this.queue.length > 0) return;
    if (pace.pauseMs === 0) return this.request(pace.next(), pace.streaming);
    this.gathering = setTimeout(() => {
      this.gathering = undefined;
      if (!this.fault) this.request(pace.next(), true);
    }, pace.pauseMs);
  }

  /** `available`: only what is there already, which the server follows by a status if that is less. */
  private request(batch: number, available = false): void {
    if (!this.api.link.usable) return this.fail(new FeedFault('connection lost'));
    this.requested += batch;
    const request = available
      ? { batch, no_wait: true }
      : { batch, expires: PULL_EXPIRY_MS * 1_000_000, idle_heartbeat: this.options.heartbeatMs * 1_000_000 };
    this.api.link.publish(`$JS.API.CONSUMER.MSG.NEXT.${STREAMS.events}.${this.name}`, JSON.stringify(request), {
      reply: this.subscription?.getSubject(),
    });
  }

  /** The server sends a heartbeat while a pull waits; silence of two and a half means that it or the consumer is gone. */
  private alive(): void {
    if (this.quiet) {
      this.quiet.refresh();
      return;
    }
    this.quiet = setTimeout(() => this.silent(), this.options.heartbeatMs * 2.5);
    this.quiet.unref();
  }

  private silent(): void {
    // With a full queue nothing is asked for, so nothing can be heard.
    if (this.queue.length > 0) this.quiet?.refresh();
    else this.fail(new FeedFault('no heartbeat'));
  }

  private fail(fault: FeedFault): void {
    if (this.fault) return;
    this.fault = fault;
    clearTimeout(this.quiet);
    clearTimeout(this.gathering);
    this.stopWatching?.();
    this.subscription?.unsubscribe();
    this.wake?.();
  }

  private arrival(signal: AbortSignal | undefined, patienceMs: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      const impatience = patienceMs && setTimeout(() => this.fail(new FeedFault(`silent for ${patienceMs} ms`)), patienceMs);
      const done = (): void => {
        clearTimeout(impatience);
        signal?.removeEventListener('abort', done);
        this.wake = undefined;
        resolve();
      };
      this.wake = done;
      signal?.addEventListener('abort', done);
    });
  }
}

/** When to ask for how much: for the next message and no more while it is quiet, for all that has gathered while messages stream in. */
class Pace {
  streaming = false;
  private asked = 0;
  private answered = 0;
  private batch = 0;

  constructor(
    private readonly gatherMs: number,
    private readonly window: number,
  ) {}

  /** Before the next request: none where a whole batch was waiting, or where nothing came for a while. */
  get pauseMs(): number {
    return this.streaming && this.answered < this.window ? this.gatherMs : 0;
  }

  next(): number {
    this.asked = performance.now();
    this.answered = 0;
    this.batch = this.streaming ? this.window : 1;
    return this.batch;
  }

  received(): void {
    this.answered += 1;
    if (this.batch === 1) this.streaming = performance.now() - this.asked < 2 * this.gatherMs;
  }

  /** The server has nothing more for the request. */
  ended(): void {
    this.streaming = this.answered > 0 && this.batch > 1;
  }
}

/** Positions out of `$JS.ACK.[<domain>.<account>.]<stream>.<consumer>.<tries>.<stream sequence>.<delivery>.<time>.<pending>[.<token>]`. */
function deliveryOf(reply: string): { position: number; delivery: number } {
  const tokens = reply.split('.');
  const shift = tokens.length > 9 ? 2 : 0;
  return { position: Number(tokens[5 + shift]), delivery: Number(tokens[6 + shift]) };
}

/** Bytes until someone reads them: most of the log is not for most processes. */
class Delivered implements StoredEvent {
  constructor(
    private readonly message: Msg,
    readonly position: number,
  ) {}

  get subject(): string {
    return this.message.subject;
  }
  get headers(): string {
    return headerText(this.message);
  }
  get body(): string {
    return bodyText(this.message);
  }
}
