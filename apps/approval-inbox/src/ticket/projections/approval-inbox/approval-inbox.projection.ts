import { Injectable } from '@nestjs/common';
import { typeSubjects, type ApprovalEvent, type EventOf } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import type { Projection, Sql } from '@slipway/projections-typeorm';
import { actionOf } from '../../domain/ticket.state';
import { slaDueAt } from '../../domain/ticket.view';

/** What events after the opening change of an item. */
interface Progress {
  ticket_id: string;
  status: string;
  approvals: number | null;
  decided_at: string | null;
  decided_by: readonly string[];
  version: number;
}

/** The inbox: one item per ticket, one action per event. Three statements per batch, whatever its size. */
@Injectable()
export class ApprovalInboxProjection implements Projection {
  readonly name = 'approval-inbox';
  readonly subjects = typeSubjects('approval');
  readonly tables = ['approval_inbox_items', 'approval_inbox_actions'];

  async apply(recorded: readonly Recorded[], sql: Sql): Promise<void> {
    const events = recorded.map(({ event }) => event as ApprovalEvent);
    await insertItems(events, sql);
    await insertActions(events, sql);
    await updateItems(events, sql);
  }
}

async function insertItems(events: readonly ApprovalEvent[], sql: Sql): Promise<void> {
  const items = events.filter((event) => event.action === 'approval.opened').map(itemOf);
  if (items.length === 0) return;
  await sql.query('INSERT INTO approval_inbox_items SELECT * FROM json_populate_recordset(NULL::approval_inbox_items, $1)', [
    JSON.stringify(items),
  ]);
}

async function insertActions(events: readonly ApprovalEvent[], sql: Sql): Promise<void> {
  const actions = events.map((event) => ({ ticket_id: event.resource_id, version: event.aggregate_version, ...actionOf(event) }));
  await sql.query('INSERT INTO approval_inbox_actions SELECT * FROM json_populate_recordset(NULL::approval_inbox_actions, $1)', [
    JSON.stringify(actions),
  ]);
}

async function updateItems(events: readonly ApprovalEvent[], sql: Sql): Promise<void> {
  const latest = new Map<string, Progress>();
  for (const event of events) {
    const progress = progressOf(event);
    if (progress)
      latest.set(progress.ticket_id, { ...progress, approvals: progress.approvals ?? latest.get(progress.ticket_id)?.approvals ?? null });
  }
  if (latest.size === 0) return;
  await sql.query(
    `UPDATE approval_inbox_items AS item
     SET status = new.status, approvals = coalesce(new.approvals, item.approvals), decided_at = new.decided_at,
         decided_by = new.decided_by, version = new.version
     FROM json_to_recordset($1) AS new(ticket_id text, status text, approvals int, decided_at timestamptz, decided_by text[], version int)
     WHERE item.ticket_id = new.ticket_id`,
    [JSON.stringify([...latest.values()])],
  );
}

function itemOf(event: EventOf<'approval.opened'>) {
  const { detail } = event;
  const { request } = detail;
  return {
    ticket_id: event.resource_id,
    project_id: event.project_id,
    team_id: event.team_id,
    environment_id: event.environment_id,
    environment_name: detail.environment_name,
    environment_type: detail.environment_type,
    release_id: detail.release_id,
    preview_ref: detail.preview_ref,
    act: request.act,
    service_name: detail.service_name,
    artifact_version: detail.artifact_version,
    title: request.title,
    summary: request.summary,
    risk: request.risk,
    priority: request.priority,
    required_permission: request.required_permission,
    quorum: request.quorum,
    four_eyes: request.four_eyes,
    requested_by: detail.requested_by,
    requested_by_type: detail.requested_by_type,
    previewed_by: detail.previewed_by ?? detail.requested_by,
    requested_at: detail.requested_at,
    expires_at: request.expires_at,
    sla_due_at: slaDueAt(detail.requested_at, request.sla_s),
    status: event.status,
    approvals: 0,
    decided_at: null,
    decided_by: [],
    version: event.aggregate_version,
  };
}

/** `approvals: null`: as many as before. */
function progressOf(event: ApprovalEvent): Progress | undefined {
  const { resource_id: ticket_id, status, aggregate_version: version, occurred_at } = event;
  const ended = { ticket_id, status, version, approvals: null, decided_at: occurred_at, decided_by: [] };
  switch (event.action) {
    case 'approval.opened':
      return undefined;
    case 'approval.reviewed':
      return { ...ended, approvals: event.detail.approvals, decided_at: null };
    case 'approval.approved':
      return { ...ended, approvals: event.detail.approved_by.length, decided_by: event.detail.approved_by };
    case 'approval.rejected':
      return { ...ended, decided_by: [event.detail.rejected_by] };
    default:
      return ended;
  }
}
