import { Injectable } from '@nestjs/common';
import { actionSubject, APPROVAL_REQUESTED_SUBJECTS, type ApprovalRequest, type EventEnvelope } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import type { Projection, Sql } from '@slipway/projections-typeorm';

/** The approval that an event asks for; null: it could have asked, and does not; undefined: it is not an event that asks. */
export function requestIn({ action, resource_type, detail }: EventEnvelope): ApprovalRequest | null | undefined {
  const asks = ['release.pending_approval', 'release.rollback_requested', `${resource_type}.approval_requested`];
  // All three hold the request under one name, by their schemas.
  return asks.includes(action) ? (detail['approval'] as ApprovalRequest | null) : undefined;
}

/** Every approval that a resource asked for, whether its ticket has been opened yet or not. */
@Injectable()
export class TicketRequestProjection implements Projection {
  readonly name = 'ticket-request';
  readonly subjects = [
    actionSubject('release.pending_approval'),
    actionSubject('release.rollback_requested'),
    ...APPROVAL_REQUESTED_SUBJECTS,
  ];
  readonly tables = ['ticket_requests'];

  async apply(events: readonly Recorded[], sql: Sql): Promise<void> {
    const rows = events.flatMap(({ event }) => {
      const { project_id, environment_id, resource_type, resource_id } = event;
      const ticket_id = requestIn(event)?.ticket_id;
      return ticket_id === undefined ? [] : [{ ticket_id, project_id, environment_id, resource_type, resource_id }];
    });
    if (rows.length === 0) return;
    await sql.query(
      `INSERT INTO ticket_requests (ticket_id, project_id, environment_id, resource_type, resource_id)
       SELECT ticket_id, project_id, environment_id, resource_type, resource_id
       FROM json_populate_recordset(NULL::ticket_requests, $1)
       ON CONFLICT (ticket_id) DO NOTHING`,
      [JSON.stringify(rows)],
    );
  }
}
