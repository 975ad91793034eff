import { Injectable } from '@nestjs/common';
import type { NoticeTopic, Place, SecretPin } from '@slipway/contracts';
import { NONE } from '@slipway/contracts';
import { sqlOf, type Sql } from '@slipway/projections-typeorm';
import { DataSource } from 'typeorm';

/** What is to be delivered; its id derives from the event and the receiver, so that the same is queued once. */
export interface QueuedDelivery {
  readonly deliveryId: string;
  readonly subscriptionId: string;
  readonly topic: NoticeTopic;
  readonly channel: 'email' | 'webhook' | 'slack';
  readonly recipient: string | null;
  /** Where this one mail goes, wherever its recipient reads the others. */
  readonly address?: SecretPin;
  readonly eventId: string;
  readonly position: number;
  readonly occurredAt: string;
  readonly place: Place;
  readonly title: string;
  readonly body: string;
  readonly status: 'pending' | 'held';
}
/** A delivery that this process has taken: nobody else tries it until the claim runs out. */
export interface ClaimedDelivery extends Omit<QueuedDelivery, 'eventId' | 'position' | 'occurredAt' | 'status' | 'title'> {
  /** Tries before this one. */
  readonly attempts: number;
}
export interface AttemptResult {
  readonly outcome: 'succeeded' | 'failed';
  readonly at: string;
  readonly durationMs: number;
  readonly responseStatus: number | null;
  readonly excerpt: string | null;
  readonly error: string | null;
}

/** Of one owner's deliveries so many are under way at once: receivers that do not answer hold up their owner's others, and nobody else's. */
const OF_ONE_OWNER = 2;
const KEEP_DAYS = 30;

interface ClaimedRow {
  readonly delivery_id: string;
  readonly subscription_id: string;
  readonly topic: NoticeTopic;
  readonly channel: 'email' | 'webhook' | 'slack';
  readonly recipient: string | null;
  readonly address: SecretPin | null;
  readonly project_id: string;
  readonly environment_id: string;
  readonly body: string;
  readonly attempts: number;
}

/** The table of deliveries: what is queued, who works on what, and how it went. */
@Injectable()
export class Outbox {
  private readonly sql: Sql;
  private readonly listeners = new Set<() => void>();

  constructor(source: DataSource) {
    this.sql = sqlOf(source);
  }

  /** Tells that something may be due. @returns how to stop listening. */
  onQueued(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async queue(deliveries: readonly QueuedDelivery[]): Promise<void> {
    for (const one of deliveries) {
      await this.sql.query(
        `INSERT INTO notification_delivery (delivery_id, subscription_id, topic, channel, recipient, event_id, event_position, occurred_at,
           project_id, environment_id, title, body, status, address, next_attempt_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, CASE WHEN $13 = 'pending' THEN now() END)
         ON CONFLICT DO NOTHING`,
        [
          one.deliveryId,
          one.subscriptionId,
          one.topic,
          one.channel,
          one.recipient,
          one.eventId,
          one.position,
          one.occurredAt,
          one.place.projectId,
          one.place.environmentId ?? NONE,
          one.title,
          one.body,
          one.status,
          one.address === undefined ? null : JSON.stringify(one.address),
        ],
      );
    }
    this.wake();
  }

  /** Sends again, once for each `replayId`; a delivery's id stays, so that its receiver knows it. */
  async replay(
    replayId: string,
    subscriptionId: string,
    which: { deliveryId: string | null; since: string | null; until: string | null; succeededToo: boolean },
  ): Promise<void> {
    await this.sql.query(
      `UPDATE notification_delivery SET status = 'pending', attempts = 0, next_attempt_at = now(), claimed_until = NULL, replay_id = $1
       WHERE subscription_id = $2 AND replay_id IS DISTINCT FROM $1 AND status <> 'pending' AND (status <> 'succeeded' OR $6)
         AND ($3::text IS NULL OR delivery_id = $3)
         AND ($4::timestamptz IS NULL OR occurred_at >= $4) AND ($5::timestamptz IS NULL OR occurred_at < $5)`,
      [replayId, subscriptionId, which.deliveryId, which.since, which.until, which.succeededToo],
    );
    this.wake();
  }

  /**
   * What has been due for longest; at most one of each subscription, its oldest, so that receivers get them in order as long as nothing
   * fails, and a few of each owner. `forS`, in seconds, is longer than an attempt takes: after a crash somebody else goes on then.
   */
  async claim(limit: number, forS: number): Promise<ClaimedDelivery[]> {
    const rows = await this.sql.query<ClaimedRow>(
      `WITH first AS (
         SELECT DISTINCT ON (subscription_id) delivery_id, subscription_id, next_attempt_at FROM notification_delivery d
         WHERE status = 'pending' AND next_attempt_at <= now() AND NOT EXISTS (
           SELECT 1 FROM notification_delivery o
           WHERE o.subscription_id = d.subscription_id AND o.status = 'pending' AND o.claimed_until > now())
         ORDER BY subscription_id, event_position, delivery_id
       ), underway AS (
         SELECT owner_kind, owner_ref, count(*) AS count
         FROM notification_delivery JOIN notification_subscription USING (subscription_id)
         WHERE status = 'pending' AND claimed_until > now() GROUP BY owner_kind, owner_ref
       ), ranked AS (
         SELECT delivery_id, coalesce(underway.count, 0)
           + row_number() OVER (PARTITION BY owner_kind, coalesce(owner_ref, subscription_id) ORDER BY next_attempt_at, delivery_id) AS rank
         FROM first LEFT JOIN notification_subscription USING (subscription_id) LEFT JOIN underway USING (owner_kind, owner_ref)
       ), taken AS (
         SELECT delivery_id FROM notification_delivery
         WHERE delivery_id IN (SELECT delivery_id FROM ranked WHERE rank <= ${OF_ONE_OWNER})
           AND status = 'pending' AND (claimed_until IS NULL OR claimed_until <= now())
         ORDER BY next_attempt_at LIMIT $1 FOR UPDATE SKIP LOCKED
       )
       UPDATE notification_delivery d SET claimed_until = now() + make_interval(secs => $2)
       FROM taken WHERE d.delivery_id = taken.delivery_id
       RETURNING d.delivery_id, subscription_id, topic, channel, recipient, address, project_id, environment_id, body, attempts`,
      [limit, forS],
    );
    return rows.map((row) => ({
      deliveryId: row.delivery_id,
      subscriptionId: row.subscription_id,
      topic: row.topic,
      channel: row.channel,
      recipient: row.recipient,
      ...(row.address === null ? {} : { address: row.address }),
      place: { projectId: row.project_id, environmentId: row.environment_id },
      body: row.body,
      attempts: row.attempts,
    }));
  }

  /** How an attempt went. `pauseMs`: until the next one; undefined: there is none. */
  async record(deliveryId: string, result: AttemptResult, pauseMs: number | undefined): Promise<void> {
    const status = result.outcome === 'succeeded' ? 'succeeded' : pauseMs === undefined ? 'failed' : 'pending';
    await this.sql.query(
      `WITH attempt AS (
         INSERT INTO notification_attempt (delivery_id, at, outcome, response_status, duration_ms, response_excerpt, error)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
       )
       UPDATE notification_delivery SET status = $8, attempts = attempts + 1, claimed_until = NULL, last_attempt_at = $2,
         response_status = $4, duration_ms = $5, error = $7,
         next_attempt_at = CASE WHEN $8 = 'pending' THEN now() + make_interval(secs => $9::double precision / 1000) END
       WHERE delivery_id = $1`,
      [
        deliveryId,
        result.at,
        result.outcome,
        result.responseStatus,
        result.durationMs,
        result.excerpt,
        result.error,
        status,
        pauseMs ?? null,
      ],
    );
  }

  /** Not sent: `held` until a replay, `dropped` for good. */
  async setAside(deliveryId: string, status: 'held' | 'dropped', why: string): Promise<void> {
    await this.sql.query(
      'UPDATE notification_delivery SET status = $2, error = $3, claimed_until = NULL, next_attempt_at = NULL WHERE delivery_id = $1',
      [deliveryId, status, why],
    );
  }

  /** Notes success or failure of a subscription. @returns since when it fails, after this. */
  async health(subscriptionId: string, result: AttemptResult): Promise<Date | null> {
    const rows = await this.sql.query<{ failing_since: Date | null }>(
      `INSERT INTO notification_health AS health (subscription_id, failing_since, last_success_at)
       VALUES ($1, CASE WHEN $2 THEN NULL ELSE $3::timestamptz END, CASE WHEN $2 THEN $3::timestamptz END)
       ON CONFLICT (subscription_id) DO UPDATE SET
         failing_since = CASE WHEN $2 THEN NULL ELSE coalesce(health.failing_since, $3::timestamptz) END,
         last_success_at = CASE WHEN $2 THEN $3::timestamptz ELSE health.last_success_at END
       RETURNING failing_since`,
      [subscriptionId, result.outcome === 'succeeded', result.at],
    );
    return rows[0]?.failing_since ?? null;
  }

  /** Earlier failures say nothing about what was put in order since. */
  async startAnew(subscriptionId: string): Promise<void> {
    await this.sql.query('UPDATE notification_health SET failing_since = NULL WHERE subscription_id = $1', [subscriptionId]);
  }

  /** Seconds that the oldest delivery that is due has waited for its first try; and how many wait. */
  async backlog(): Promise<{ ageS: number; waiting: number }> {
    const rows = await this.sql.query<{ age: number | null; waiting: number }>(
      `SELECT extract(epoch FROM now() - min(created_at) FILTER (WHERE attempts = 0))::float8 AS age, count(*)::integer AS waiting
       FROM notification_delivery WHERE status = 'pending'`,
    );
    return { ageS: Math.max(0, rows[0]?.age ?? 0), waiting: rows[0]?.waiting ?? 0 };
  }

  /** The delivery log is kept for a month. */
  async prune(): Promise<void> {
    await this.sql.query(
      `DELETE FROM notification_delivery WHERE status <> 'pending' AND created_at < now() - make_interval(days => ${KEEP_DAYS})`,
    );
  }

  private wake(): void {
    for (const listener of this.listeners) listener();
  }
}
