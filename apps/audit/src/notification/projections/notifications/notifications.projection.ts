import { Injectable } from '@nestjs/common';
import { actionSubject, typeSubjects, type ContactEvent, type EventOf, type SubscriptionEvent } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import type { Projection, Sql } from '@slipway/projections-typeorm';
import { ticketFacts } from '../../domain/occurrence';
import { evolve, type KnownSubscription, type Subscription } from '../../domain/subscription.state';

/** Who wants to be told of what, where people read mail, and what tickets are about. */
@Injectable()
export class NotificationsProjection implements Projection {
  readonly name = 'notifications';
  readonly subjects = [...typeSubjects('subscription', 'contact'), actionSubject('approval.opened')];
  readonly tables = ['notification_subscription', 'notification_contact', 'notification_ticket'];

  async apply(events: readonly Recorded[], sql: Sql): Promise<void> {
    for (const { event, position } of events) {
      if (event.resource_type === 'subscription') await this.subscription(event as SubscriptionEvent, position, sql);
      else if (event.resource_type === 'contact') await this.contact(event as ContactEvent, sql);
      else await this.ticket(event as EventOf<'approval.opened'>, sql);
    }
  }

  private async subscription(event: SubscriptionEvent, position: number, sql: Sql): Promise<void> {
    const id = event.resource_id;
    const [before] = await sql.query<{ state: Subscription }>('SELECT state FROM notification_subscription WHERE subscription_id = $1', [
      id,
    ]);
    const state = evolve(before?.state ?? { phase: 'absent' }, event);
    if (state.phase === 'absent') return;
    if (state.phase === 'removed') {
      await sql.query(`UPDATE notification_subscription SET phase = 'removed', topics = '{}' WHERE subscription_id = $1`, [id]);
      return;
    }
    await sql.query(
      `INSERT INTO notification_subscription (subscription_id, project_id, owner_kind, owner_ref, channel, phase, position, topics, state)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (subscription_id) DO UPDATE SET channel = $5, phase = $6, topics = $8, state = $9`,
      [
        id,
        state.projectId,
        state.owner.kind,
        state.owner.ref,
        channelOf(state),
        state.phase,
        position,
        state.selection.topics,
        JSON.stringify(state),
      ],
    );
  }

  private async contact(event: ContactEvent, sql: Sql): Promise<void> {
    const { actor_id, address } = event.detail;
    if (event.action === 'contact.changed' && event.detail.confirmation !== undefined) return;
    await (address === null
      ? sql.query('DELETE FROM notification_contact WHERE actor_id = $1', [actor_id])
      : sql.query(
          'INSERT INTO notification_contact (actor_id, address) VALUES ($1, $2) ON CONFLICT (actor_id) DO UPDATE SET address = $2',
          [actor_id, JSON.stringify(address)],
        ));
  }

  private async ticket(event: EventOf<'approval.opened'>, sql: Sql): Promise<void> {
    const facts = JSON.stringify(ticketFacts(event));
    await sql.query('INSERT INTO notification_ticket (ticket_id, facts) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      event.resource_id,
      facts,
    ]);
  }
}

/** The three that people know; Slack's is a webhook in another format. */
export const channelOf = ({ channel }: KnownSubscription): 'email' | 'webhook' | 'slack' =>
  channel.kind === 'email' ? 'email' : channel.format === 'slack' ? 'slack' : 'webhook';
