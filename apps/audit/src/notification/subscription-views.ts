import { Injectable } from '@nestjs/common';
import type { SubscriptionView } from '@slipway/contracts';
import { sqlOf, type Sql } from '@slipway/projections-typeorm';
import { DataSource } from 'typeorm';
import type { KnownSubscription } from './domain/subscription.state';
import { channelOf } from './projections/notifications/notifications.projection';

interface HealthRow {
  readonly subscription_id: string;
  readonly failing_since: Date | null;
  readonly last_success_at: Date | null;
}

/** Subscriptions as people see them: with how their deliveries have gone lately. */
@Injectable()
export class SubscriptionViews {
  private readonly sql: Sql;
  constructor(source: DataSource) {
    this.sql = sqlOf(source);
  }

  async of(known: KnownSubscription): Promise<SubscriptionView> {
    const [view] = await this.all([known]);
    return view!;
  }

  async all(known: readonly KnownSubscription[]): Promise<SubscriptionView[]> {
    const rows = await this.sql.query<HealthRow>('SELECT * FROM notification_health WHERE subscription_id = ANY($1)', [
      known.map(({ id }) => id),
    ]);
    const health = new Map(rows.map((row) => [row.subscription_id, row]));
    return known.map((one) => viewOf(one, health.get(one.id)));
  }
}

function viewOf(known: KnownSubscription, health: HealthRow | undefined): SubscriptionView {
  const { id, owner, selection, channel, previousSecret, createdBy, createdAt, updatedAt } = known;
  return {
    subscription_id: id,
    name: selection.name,
    owner,
    channel: channelOf(known),
    endpoint: channel.kind === 'webhook' ? channel.origin : null,
    topics: selection.topics,
    projects: selection.projects,
    environments: selection.environments,
    status: known.phase,
    paused_because: known.phase === 'paused' ? known.reason : null,
    paused_automatically: known.phase === 'paused' && known.automatic,
    previous_secret_until: previousSecret?.until ?? null,
    failing_since: health?.failing_since?.toISOString() ?? null,
    last_success_at: health?.last_success_at?.toISOString() ?? null,
    created_by: createdBy,
    created_at: createdAt,
    updated_at: updatedAt,
  };
}
