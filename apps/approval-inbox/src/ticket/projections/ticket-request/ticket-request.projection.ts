import { Injectable } from '@nestjs/common';
import { actionSubject, type EventOf } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import type { Projection, Sql } from '@slipway/projections-typeorm';

type Asked = EventOf<'release.pending_approval'> | EventOf<'release.rollback_requested'>;

/** Every approval that a release asked for, whether its ticket has been opened yet or not. */
@Injectable()
export class TicketRequestProjection implements Projection {
  readonly name = 'ticket-request';
  readonly subjects = [actionSubject('release.pending_approval'), actionSubject('release.rollback_requested')];
  readonly tables = ['ticket_requests'];

  async apply(events: readonly Recorded[], sql: Sql): Promise<void> {
    const asked = events.map(({ event }) => event as Asked).filter((event) => event.detail.approval !== null);
    if (asked.length === 0) return;
    await sql.query(
      `INSERT INTO ticket_requests (ticket_id, project_id, environment_id, release_id)
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[])
       ON CONFLICT (ticket_id) DO NOTHING`,
      [
        asked.map((event) => event.detail.approval?.ticket_id),
        asked.map((event) => event.project_id),
        asked.map((event) => event.environment_id),
        asked.map((event) => event.resource_id),
      ],
    );
  }
}
