import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { SlipwayError } from '@slipway/contracts';
import { Client } from 'pg';

/** A PostgreSQL advisory lock held by this process; `lost` aborts when the session that holds it is gone. */
export interface Lease {
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

export interface LeaseSessionOptions {
  readonly databaseUrl: string;
  /** Scope of the lock names, and of the notification channel. */
  readonly schema: string;
  /** What a replica told, this one included. */
  onMessage(message: Message): void;
  /** The session is (again) connected and listening: what was notified before may have been missed. */
  onConnected(): Promise<void>;
}

interface Waiting {
  readonly name: string;
  granted(lease: Lease): void;
}
interface Held extends Lease {
  readonly abort: AbortController;
}

const PING_MS = 5_000;
const TRY_MS = 1_000;
/** The server ends a session that does not even ping: the locks of a process that is stopped, or cut off, come free. */
const SILENT_MS = 15_000;

/** What replicas of a service tell each other on `channelOf(schema)`: `<what> <name> [<position>]`. */
export interface Message {
  readonly what: 'advanced' | 'wanted' | 'rebuilt' | 'skipped' | 'breached' | 'released';
  readonly name: string;
  readonly position: number;
}
export const payloadOf = (what: Message['what'], name: string, position = 0): string => `${what} ${name} ${position}`;

export const channelOf = (schema: string): string => `slipway_${schema}`;
export const lockKey = (schema: string, name: string): bigint => createHash('sha256').update(`${schema}/${name}`).digest().readBigInt64BE();

/**
 * One connection of a process for all its advisory locks and notifications. A released lock is told to the stand-bys
 * by a notification; a crash tells nobody, so a stand-by also tries once a second. Reconnects by itself.
 */
export class LeaseSession {
  private client: Client | undefined;
  private readonly waiting = new Set<Waiting>();
  private readonly held = new Map<string, Held>();
  private readonly stopping = new AbortController();
  private turn: Promise<void> = Promise.resolve();
  private running: Promise<void> | undefined;

  constructor(private readonly options: LeaseSessionOptions) {}

  start(): void {
    this.running ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    await this.turn;
    const client = this.client;
    this.drop();
    await client?.end().catch(() => undefined);
  }

  /** Waits, as stand-by, until the lock is ours; `undefined` when `signal` aborts first. */
  async acquire(name: string, signal: AbortSignal): Promise<Lease | undefined> {
    if (signal.aborted) return undefined;
    return new Promise((resolve) => {
      const give = (lease: Lease | undefined): void => {
        this.waiting.delete(waiting);
        signal.removeEventListener('abort', giveUp);
        resolve(lease);
      };
      const giveUp = (): void => give(undefined);
      const waiting: Waiting = { name, granted: give };
      signal.addEventListener('abort', giveUp);
      this.waiting.add(waiting);
      void this.tryAll();
    });
  }

  /** Takes the lock if it is free now. @throws SlipwayError `dependency_unavailable` without a connection. */
  async tryAcquire(name: string): Promise<Lease | undefined> {
    let lease: Lease | undefined;
    let answered = false;
    await this.inTurn(async (client) => {
      lease = await this.tryLock(client, name);
      answered = this.client === client;
    });
    if (!answered) throw new SlipwayError('dependency_unavailable', 'PostgreSQL cannot be reached; try again.');
    return lease;
  }

  /** Tells all replicas of the service; lost without a connection. */
  async tell(what: Message['what'], name: string, position?: number): Promise<void> {
    await this.inTurn(async (client) => {
      await client.query('SELECT pg_notify($1, $2)', [channelOf(this.options.schema), payloadOf(what, name, position)]);
    });
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    let sinceAliveMs = 0;
    while (!signal.aborted) {
      if (!this.client) await this.connect();
      await delay(TRY_MS, undefined, { signal }).catch(() => undefined);
      if (signal.aborted || !this.client) continue;
      sinceAliveMs += TRY_MS;
      if (this.waiting.size > 0) await this.tryAll();
      else if (sinceAliveMs >= PING_MS) await this.inTurn(async (client) => void (await client.query('SELECT 1')));
      if (sinceAliveMs >= PING_MS) sinceAliveMs = 0;
    }
  }

  private async connect(): Promise<void> {
    const client = new Client({
      connectionString: this.options.databaseUrl,
      application_name: `slipway ${this.options.schema} lease`,
      connectionTimeoutMillis: 5_000,
      query_timeout: 5_000,
      keepAlive: true,
      options: `-c idle_session_timeout=${SILENT_MS}`,
    });
    client.on('error', () => this.lose(client));
    client.on('end', () => this.lose(client));
    client.on('notification', (message) => this.notified(message.payload ?? ''));
    try {
      await client.connect();
      await client.query(`LISTEN ${channelOf(this.options.schema)}`);
      this.client = client;
      await this.options.onConnected();
      void this.tryAll();
    } catch {
      this.lose(client);
      void client.end().catch(() => undefined);
    }
  }

  private notified(payload: string): void {
    const [what, name, position] = payload.split(' ');
    if (!name) return;
    if (what === 'released') void this.tryAll();
    if (what === 'advanced' || what === 'wanted' || what === 'rebuilt' || what === 'skipped' || what === 'breached')
      this.options.onMessage({ what, name, position: Number(position) });
  }

  private async tryAll(): Promise<void> {
    await this.inTurn(async (client) => {
      for (const waiting of [...this.waiting]) {
        if (!this.waiting.has(waiting)) continue;
        const lease = await this.tryLock(client, waiting.name);
        if (lease && this.waiting.has(waiting)) waiting.granted(lease);
        else if (lease) await this.unlock(client, waiting.name);
      }
    });
  }

  private async tryLock(client: Client, name: string): Promise<Lease | undefined> {
    if (this.held.has(name)) return undefined;
    const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [
      lockKey(this.options.schema, name),
    ]);
    if (!rows[0]?.locked || this.client !== client) return undefined;
    const abort = new AbortController();
    const held: Held = { abort, lost: abort.signal, release: () => this.release(name, abort) };
    this.held.set(name, held);
    return held;
  }

  private async release(name: string, abort: AbortController): Promise<void> {
    if (abort.signal.aborted || this.held.get(name)?.abort !== abort) return;
    await this.inTurn((client) => this.unlock(client, name));
  }

  private async unlock(client: Client, name: string): Promise<void> {
    this.held.delete(name);
    await client.query('SELECT pg_advisory_unlock($1), pg_notify($2, $3)', [
      lockKey(this.options.schema, name),
      channelOf(this.options.schema),
      payloadOf('released', name),
    ]);
  }

  /** One statement at a time; a failure costs the connection, and with it every lock. */
  private inTurn(work: (client: Client) => Promise<void>): Promise<void> {
    this.turn = this.turn.then(async () => {
      const client = this.client;
      if (!client) return;
      try {
        await work(client);
      } catch {
        this.lose(client);
        void client.end().catch(() => undefined);
      }
    });
    return this.turn;
  }

  private lose(client: Client): void {
    if (this.client === client) this.drop();
  }

  private drop(): void {
    this.client = undefined;
    const held = [...this.held.values()];
    this.held.clear();
    for (const lease of held) lease.abort.abort(new Error('the PostgreSQL session that held the lock is gone'));
  }
}
