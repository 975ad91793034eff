import { Injectable } from '@nestjs/common';
import { typeSubjects } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import type { Projection, Sql } from '@slipway/projections-typeorm';
import { actionOf } from '../../domain/ticket.state';
import { changesOf, itemOf, type TicketEvent } from './item-changes';
import { OUTCOME_SUBJECTS, outcomesOf } from './outcomes';

/** The inbox: one item per ticket, one action per event, and what became of what was approved. A few statements per batch. */
@Injectable()
export class ApprovalInboxProjection implements Projection {
  readonly name = 'approval-inbox';
  readonly subjects = [...typeSubjects('approval'), ...OUTCOME_SUBJECTS];
  readonly tables = ['approval_inbox_items', 'approval_inbox_actions'];

  /** In the log's order: whether an outcome is one of an approved ticket depends on what came before it. */
  async apply(recorded: readonly Recorded[], sql: Sql): Promise<void> {
    for (const events of runs(recorded)) {
      if (events[0]!.event.resource_type === 'approval') await tickets(events as TicketEvent[], sql);
      else await outcomes(events, sql);
    }
  }
}

/** Neighbours of the same kind, together. */
function runs(events: readonly Recorded[]): Recorded[][] {
  const found: Recorded[][] = [];
  for (const recorded of events) {
    const last = found.at(-1);
    if (last?.[0]?.event.resource_type === recorded.event.resource_type) last.push(recorded);
    else found.push([recorded]);
  }
  return found;
}

async function tickets(events: readonly TicketEvent[], sql: Sql): Promise<void> {
  await insertItems(events, sql);
  await insertActions(events, sql);
  await updateItems(events, sql);
}

async function insertItems(events: readonly TicketEvent[], sql: Sql): Promise<void> {
  const items = events.flatMap(({ event, position }) => (event.action === 'approval.opened' ? [itemOf(event, position)] : []));
  if (items.length === 0) return;
  const columns = Object.keys(items[0]!).join(', ');
  await sql.query(
    `INSERT INTO approval_inbox_items (${columns})
     SELECT ${columns} FROM json_populate_recordset(NULL::approval_inbox_items, $1)`,
    [JSON.stringify(items)],
  );
}

async function insertActions(events: readonly TicketEvent[], sql: Sql): Promise<void> {
  const actions = events.map(({ event }) => ({ ticket_id: event.resource_id, version: event.aggregate_version, ...actionOf(event) }));
  const columns = 'ticket_id, version, action, actor_id, actor_type, comment, people, at';
  await sql.query(
    `INSERT INTO approval_inbox_actions (${columns})
     SELECT ${columns} FROM json_populate_recordset(NULL::approval_inbox_actions, $1)`,
    [JSON.stringify(actions)],
  );
}

async function updateItems(events: readonly TicketEvent[], sql: Sql): Promise<void> {
  const changes = changesOf(events);
  if (changes.length === 0) return;
  await sql.query(
    `UPDATE approval_inbox_items AS item
     SET status = new.status, version = new.version, as_of = new.as_of,
         approved_by = coalesce(new.approved_by, item.approved_by || new.reviewers),
         approvals = cardinality(coalesce(new.approved_by, item.approved_by || new.reviewers)),
         decided_at = coalesce(new.decided_at, item.decided_at), decided_by = coalesce(new.decided_by, item.decided_by),
         ended_because = coalesce(new.ended_because, item.ended_because),
         assignee = CASE WHEN new.assigned THEN new.assignee ELSE item.assignee END,
         voted = item.voted || new.voted, delegates = item.delegates || new.delegates, delegators = item.delegators || new.delegators,
         mentions = ARRAY(SELECT DISTINCT name FROM unnest(item.mentions || new.mentions) AS name ORDER BY name),
         reminded = item.reminded OR new.reminded,
         escalated_at = coalesce(new.escalated_at, item.escalated_at),
         escalated_to_role = coalesce(new.escalated_to_role, item.escalated_to_role),
         priority = coalesce(new.priority, item.priority)
     FROM json_to_recordset($1) AS new(ticket_id text, status text, version int, as_of bigint, reviewers text[], voted text[],
       approved_by text[], decided_at timestamptz, decided_by text[], ended_because text, assigned boolean, assignee text,
       delegates text[], delegators text[], mentions text[], reminded boolean, escalated_at timestamptz, escalated_to_role text, priority text)
     WHERE item.ticket_id = new.ticket_id`,
    [JSON.stringify(changes)],
  );
}

async function outcomes(events: readonly Recorded[], sql: Sql): Promise<void> {
  // A run holds events of one type; items of releases are found by an index of their own.
  const column = events[0]?.event.resource_type === 'release' ? 'release_id' : 'resource_id';
  for (const { resource_id, act, outcome, as_of } of outcomesOf(events)) {
    await sql.query(`UPDATE approval_inbox_items SET outcome = $3, as_of = $4 WHERE ${column} = $1 AND act = $2 AND status = 'approved'`, [
      resource_id,
      act,
      outcome,
      as_of,
    ]);
  }
}
