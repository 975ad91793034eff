import { Injectable } from '@nestjs/common';
import { typeSubjects, type ReleaseEvent } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import type { Projection, Sql } from '@slipway/projections-typeorm';
import { factsOf } from '../../domain/release.facts';
import type { StoredFacts } from './release-list.row';

interface Change {
  /** Stream position of the preview, where the batch holds it: then `facts` are whole, and the row is new. */
  position: number | undefined;
  facts: Partial<StoredFacts>;
}

// One JSON parameter: escaping 500 documents into an array literal costs more than the rows do.
const INSERT = `
  INSERT INTO release (release_id, position, project_id, service_id, environment_id, slot_id, status, expires_at, facts)
  SELECT * FROM json_to_recordset($1::json) AS added(
    release_id text, position bigint, project_id text, service_id text, environment_id text, slot_id text, status text,
    expires_at timestamptz, facts jsonb)`;

// A patch without a member leaves it; a member that is null sets null.
const UPDATE = `
  UPDATE release AS r
  SET status = patch.facts ->> 'status',
      expires_at = CASE WHEN patch.facts ? 'expires_at' THEN (patch.facts ->> 'expires_at')::timestamptz ELSE r.expires_at END,
      facts = r.facts || patch.facts
  FROM json_to_recordset($1::json) AS patch(release_id text, facts jsonb)
  WHERE r.release_id = patch.release_id`;

/**
 * Every release with the facts of all its events. A batch is folded in memory first; then one statement inserts the
 * releases it previewed, and one merges what it adds to earlier ones. Nothing is read.
 */
@Injectable()
export class ReleaseListProjection implements Projection {
  readonly name = 'release-list';
  readonly subjects = typeSubjects('release');
  readonly tables = ['release'];

  async apply(events: readonly Recorded[], sql: Sql): Promise<void> {
    const changes = fold(events);
    const added = [...changes].filter(([, { position }]) => position !== undefined);
    const patched = [...changes].filter(([, { position }]) => position === undefined);
    if (added.length > 0) await sql.query(INSERT, [JSON.stringify(added.map(rowOf))]);
    if (patched.length > 0) await sql.query(UPDATE, [JSON.stringify(patched.map(([release_id, { facts }]) => ({ release_id, facts })))]);
  }
}

function fold(events: readonly Recorded[]): Map<string, Change> {
  const changes = new Map<string, Change>();
  for (const { position, event } of events as readonly Recorded<ReleaseEvent>[]) {
    const change = changes.get(event.resource_id);
    const previewedAt = event.action === 'release.previewed' ? position : change?.position;
    const facts = Object.assign(factsOf(event), { as_of: position });
    if (change) Object.assign(change, { position: previewedAt, facts: Object.assign(change.facts, facts) });
    else changes.set(event.resource_id, { position: previewedAt, facts });
  }
  return changes;
}

function rowOf([release_id, { position, facts }]: readonly [string, Change]) {
  const { project_id, service_id, environment_id, slot_id, status, expires_at } = facts;
  return { release_id, position, project_id, service_id, environment_id, slot_id, status, expires_at, facts };
}
