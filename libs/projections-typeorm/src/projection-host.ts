import { isName, SlipwayError, type ProjectionStatus } from '@slipway/contracts';
import type { EventStore } from '@slipway/event-sourcing';
import type { DataSource } from 'typeorm';
import { moveCheckpoint, noteBlocked, readBlocked, readCheckpoint, START, type Blocked } from './checkpoint';
import { DeferredCheckpoint } from './deferred-checkpoint';
import type { ExpirySweep } from './expiry-sweep';
import { Follower } from './follower';
import { FOLLOWER_TIMING, type FollowerContext, type FollowerTiming, type Log } from './handler';
import { channelOf, LeaseSession, payloadOf, type Message } from './lease-session';
import { LogIntegrity } from './log-integrity';
import { Positions } from './positions';
import type { Projection, Reaction } from './projection';
import { ProjectionHandler } from './projection-handler';
import { ReactionHandler, type ReactionScope } from './reaction-handler';
import { Rebuilder } from './rebuild';
import { SweepRunner } from './sweep-runner';
import { inTransaction, sqlOf, type Durability } from './transaction';

export interface ProjectionHostOptions {
  readonly service: string;
  readonly schema: string;
  readonly databaseUrl: string;
  readonly source: DataSource;
  readonly store: EventStore;
  readonly projections?: readonly Projection[];
  readonly reactions?: readonly Reaction[];
  readonly sweeps?: readonly ExpirySweep[];
  readonly integrity?: LogIntegrity;
  readonly log?: Log;
  readonly reactionScope?: ReactionScope;
  readonly timing?: Partial<FollowerTiming>;
  /** Of each batch; `replayable` unless given. */
  readonly durability?: Durability;
  /** The time for sweeps; the system's unless given. */
  readonly now?: () => Date;
}

const SILENT: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** While PostgreSQL is away. */
const NOTHING_KNOWN: ReadonlyMap<string, never> = new Map<string, never>();

/** What an operator has a reaction pass over; who and why are for the log. */
export interface Skip {
  readonly name: string;
  readonly position: number;
  readonly reason?: string;
  readonly by: string;
}

/** Runs a service's projections, reactions and sweeps, and knows how far they are. */
export class ProjectionHost {
  readonly integrity: LogIntegrity;
  readonly positions = new Positions((name, position) => this.awaited(name, position));
  private readonly followers = new Map<string, Follower>();
  private readonly projections: ReadonlyMap<string, Projection>;
  private readonly sweeps: readonly SweepRunner[];
  private readonly leases: LeaseSession;
  private readonly rebuilder: Rebuilder;
  private readonly rebuilds = new Map<string, Promise<void>>();
  private readonly stopping = new AbortController();
  private readonly log: Log;

  constructor(private readonly options: ProjectionHostOptions) {
    const { schema, databaseUrl, source, store, projections = [], reactions = [], sweeps = [], durability = 'replayable' } = options;
    this.integrity = options.integrity ?? new LogIntegrity();
    this.log = options.log ?? SILENT;
    this.leases = new LeaseSession({
      databaseUrl,
      schema,
      onMessage: (message) => this.heard(message),
      onConnected: () => this.readPositions(),
    });
    this.rebuilder = new Rebuilder(source, schema, store, this.leases);
    this.projections = new Map(projections.map((projection) => [projection.name, projection]));
    for (const projection of projections) {
      this.add(new ProjectionHandler(projection, source, schema, durability, (one) => this.rebuilder.cleanUp(one)));
    }
    for (const reaction of reactions) this.add(new ReactionHandler(reaction, source, schema, durability, this.log, options.reactionScope));
    const { leases, positions, log } = this;
    const sweepContext = { source, leases, positions, log, now: options.now ?? ((): Date => new Date()) };
    this.sweeps = sweeps.map((sweep) => new SweepRunner(sweep, sweepContext));
    for (const { sweep } of this.sweeps)
      if (this.followers.has(sweep.name)) throw new TypeError(`a timer is named '${sweep.name}' as a projection or reaction is`);
  }

  start(): void {
    this.leases.start();
    for (const follower of this.followers.values()) follower.start();
    for (const sweep of this.sweeps) sweep.start();
  }

  /** Lets each finish the batch at hand, then hands the locks to a stand-by. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.allSettled([...this.rebuilds.values()]);
    await Promise.all([...this.followers.values(), ...this.sweeps].map((runner) => runner.stop()));
    await this.leases.stop();
  }

  /** Waits until the read model has seen the position; at once without one. @throws SlipwayError `dependency_unavailable` */
  async waitFor(name: string, position: number | null | undefined, timeoutMs = 5_000): Promise<void> {
    if (!this.followers.has(name)) throw new TypeError(`no projection is named '${name}'`);
    if (position) await this.positions.wait(name, position, timeoutMs);
  }

  async status(): Promise<ProjectionStatus[]> {
    const [head, rebuilding, blocked] = await Promise.all([
      this.confirmedHead(),
      this.rebuilder.progress().catch(() => NOTHING_KNOWN),
      readBlocked(sqlOf(this.options.source)).catch(() => NOTHING_KNOWN),
    ]);
    const followers = [...this.followers.values()].map((follower) => this.statusOf(follower, head, rebuilding, blocked));
    return [...followers, ...this.sweeps.map((runner) => this.statusOfTimer(runner, head))];
  }

  /**
   * A projection: replays the log into copies of its tables and swaps, while the live ones serve. A reaction: starts
   * over from the first event; what it did before stays done once, because its commands' ids derive from the causes.
   * @throws SlipwayError `unknown_resource`, `resource_in_use`, `dependency_unavailable`
   */
  async rebuild(name: string): Promise<void> {
    if (!this.followers.has(name))
      throw new SlipwayError('unknown_resource', `No projection or reaction is named '${name}'; list them first.`);
    const running = this.rebuilds.get(name);
    if (running) return running;
    const projection = this.projections.get(name);
    const rebuild = projection ? this.rebuilder.rebuild(projection, this.stopping.signal) : this.startOver(name);
    this.rebuilds.set(name, rebuild);
    try {
      await rebuild;
      this.log.info({ projection: name }, 'rebuilt');
    } catch (error) {
      this.log.error({ projection: name, error: error instanceof Error ? error.message : String(error) }, 'rebuild failed');
      throw error;
    } finally {
      this.rebuilds.delete(name);
    }
  }

  /**
   * Has a reaction go on behind the event that it cannot get over, and no other: what should have followed from it does not.
   * Recorded in the service's log. @throws SlipwayError `unknown_resource`, `not_blocked`, `dependency_unavailable`
   */
  async skip({ name, position, reason, by }: Skip): Promise<void> {
    const { source, schema, store } = this.options;
    if (!this.followers.has(name) || this.projections.has(name)) throw noReaction(name, this.projections.has(name));
    const skipped = await store.at(position);
    await inTransaction(source, schema, async (sql) => {
      const at = await readCheckpoint(sql, name, true);
      const blocked = (await readBlocked(sql)).get(name);
      if (!at || !skipped || blocked?.position !== position) throw notBlocked(name, position, blocked);
      await moveCheckpoint(sql, name, at, { position, eventPosition: position, digest: skipped.digest }, schema);
      await sql.query('SELECT pg_notify($1, $2)', [channelOf(schema), payloadOf('skipped', name)]);
    });
    const { event_id, correlation_id } = skipped!.event;
    this.log.warn({ reaction: name, position, event_id, correlation_id, by, reason }, 'an operator had the reaction skip an event');
  }

  private add(handler: ProjectionHandler | ReactionHandler): void {
    const { name } = handler;
    if (!isName(name)) throw new TypeError(`'${String(name)}' is no name of a projection or reaction; use kebab-case`);
    if (this.followers.has(name)) throw new TypeError(`two projections or reactions are named '${name}'`);
    const { store } = this.options;
    const timing = { ...FOLLOWER_TIMING, ...this.options.timing };
    const { leases, positions, integrity, log } = this;
    const context: FollowerContext = { store, leases, positions, integrity, timing, log };
    this.followers.set(name, new Follower(new DeferredCheckpoint(handler, timing.deferMs), context));
  }

  private heard({ what, name, position }: Message): void {
    const follower = this.followers.get(name);
    if (what === 'advanced') {
      this.positions.advance(name, position);
      follower?.overtaken();
    } else if (what === 'wanted') {
      follower?.wanted(position).catch(() => undefined);
    } else if (what === 'breached') {
      follower?.auditAsStandby().catch(() => undefined);
    } else {
      if (what === 'rebuilt') this.integrity.clear(name);
      follower?.restart();
    }
  }

  /** The log's end, with everything before it that is for nobody here passed over. */
  private async confirmedHead(): Promise<number> {
    const { store } = this.options;
    const head = await store.position();
    await store.confirm(head);
    return head;
  }

  /** The active replica may know more than it has written down, and the log may have moved on by what is for nobody here. */
  private awaited(name: string, position: number): void {
    if (this.followers.get(name)?.state === 'standby') void this.leases.tell('wanted', name, position);
    // Where the log cannot be reached, the wait ends by its own time.
    else this.options.store.confirm(position).catch(() => undefined);
  }

  private async readPositions(): Promise<void> {
    const rows = await sqlOf(this.options.source).query<{ name: string; position: number }>('SELECT name, position FROM checkpoint');
    const stored = new Map(rows.map((row) => [row.name, Number(row.position)]));
    for (const name of this.followers.keys()) this.positions.set(name, stored.get(name) ?? 0);
  }

  private async startOver(name: string): Promise<void> {
    const { source, schema } = this.options;
    await inTransaction(source, schema, async (sql) => {
      const at = await readCheckpoint(sql, name, true);
      if (at) await moveCheckpoint(sql, name, at, START);
      await noteBlocked(sql, name, undefined);
      await sql.query('SELECT pg_notify($1, $2)', [channelOf(schema), payloadOf('rebuilt', name)]);
    });
  }

  private statusOf(
    follower: Follower,
    head: number,
    rebuilding: ReadonlyMap<string, number>,
    blocked: ReadonlyMap<string, Blocked>,
  ): ProjectionStatus {
    const { name, kind } = follower.handler;
    const block = blocked.get(name);
    const position = rebuilding.get(name) ?? this.positions.get(name);
    return {
      service: this.options.service,
      name,
      kind,
      position,
      head,
      lag: Math.max(0, head - position),
      state: rebuilding.has(name) ? 'rebuilding' : follower.state,
      updated_at: follower.updatedAt,
      error: (follower.error ?? block?.error)?.slice(0, 1000) ?? null,
      blocked_position: block?.position ?? null,
    };
  }

  /** A timer follows rows, not the log: it is never behind. */
  private statusOfTimer({ sweep, state, updatedAt, error }: SweepRunner, head: number): ProjectionStatus {
    return {
      service: this.options.service,
      name: sweep.name,
      kind: 'timer',
      position: head,
      head,
      lag: 0,
      state,
      updated_at: updatedAt,
      error: error?.slice(0, 1000) ?? null,
      blocked_position: null,
    };
  }
}

const noReaction = (name: string, isProjection: boolean): SlipwayError =>
  isProjection
    ? new SlipwayError(
        'not_blocked',
        `'${name}' is a read model, which follows from every event of the log: none can be skipped. Update the service, then rebuild it.`,
      )
    : new SlipwayError('unknown_resource', `No reaction is named '${name}'; list them first.`);

const notBlocked = (name: string, position: number, blocked: Blocked | undefined): SlipwayError =>
  new SlipwayError(
    'not_blocked',
    `'${name}' is not blocked at ${position}; ${blocked ? `it is at ${blocked.position}` : 'nothing is in its way'}. Look at its status first.`,
    { name, position, blocked_position: blocked?.position ?? null },
  );
