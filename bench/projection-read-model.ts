import { lifecycleState, type ReleaseEvent } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import type { Projection, Sql } from '@slipway/projections-typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export const RELEASE_LIST_TABLE = `CREATE TABLE release_list (
    release_id text PRIMARY KEY, project_id text NOT NULL, service_id text NOT NULL, service_name text NOT NULL,
    environment_id text NOT NULL, environment_name text NOT NULL, target_id text NOT NULL, slot_id text NOT NULL,
    artifact_id text NOT NULL, artifact_version text NOT NULL, artifact_digest text NOT NULL, preview_ref text NOT NULL,
    strategy jsonb NOT NULL, variables jsonb NOT NULL, risk text NOT NULL, reason text, requested_by text NOT NULL,
    previewed_at text NOT NULL, previewed_position bigint NOT NULL, status text NOT NULL, lifecycle_state text NOT NULL,
    approved_by jsonb, execution_id text, url text, updated_at text NOT NULL, version integer NOT NULL, position bigint NOT NULL)`;

export const RELEASE_LIST_INDEX = 'CREATE INDEX release_list_by_project ON release_list (project_id, previewed_position DESC)';

export class ReleaseList1763600000100 implements MigrationInterface {
  readonly name = 'ReleaseList1763600000100';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(RELEASE_LIST_TABLE);
    await runner.query(RELEASE_LIST_INDEX);
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE release_list');
  }
}

type Row = Record<string, unknown> & { release_id: string };

/** Read model of the release list, written set by set: one insert and one update for a batch. */
export class BenchReleaseList implements Projection {
  readonly name = 'release-list';
  readonly subjects = ['events.*.release.>'];
  readonly tables = ['release_list'];

  async apply(events: readonly Recorded[], sql: Sql): Promise<void> {
    const { made, changed } = rowsOf(events);
    if (made.length > 0) await sql.query(INSERT, [JSON.stringify(made)]);
    if (changed.length > 0) await sql.query(UPDATE, [JSON.stringify(changed)]);
  }
}

/** What a batch makes and what it changes, one row for each release. */
export function rowsOf(events: readonly Pick<Recorded, 'event' | 'position'>[]): { made: Row[]; changed: Row[] } {
  const made = new Map<string, Row>();
  const changed = new Map<string, Row>();
  for (const { event: recorded, position } of events) {
    const event = recorded as ReleaseEvent;
    const patch = patchOf(event, position);
    const id = event.resource_id;
    if (event.action === 'release.previewed') made.set(id, { ...firstOf(event, position), ...patch });
    else {
      const rows = made.has(id) ? made : changed;
      rows.set(id, { ...rows.get(id), ...patch });
    }
  }
  return { made: [...made.values()], changed: [...changed.values()] };
}

function firstOf(event: Extract<ReleaseEvent, { action: 'release.previewed' }>, position: number): Row {
  const { subject, draft } = event.detail;
  const { service_id, service_name, environment_id, environment_name, target_id, slot_id, artifact_id, artifact_version } = subject;
  return {
    release_id: event.resource_id,
    project_id: event.project_id,
    service_id,
    service_name,
    environment_id,
    environment_name,
    target_id,
    slot_id,
    artifact_id,
    artifact_version,
    artifact_digest: subject.artifact_digest,
    preview_ref: event.preview_ref,
    strategy: subject.strategy,
    variables: subject.variables,
    risk: draft.risk.level,
    reason: subject.reason,
    requested_by: event.actor_id,
    previewed_at: event.occurred_at,
    previewed_position: position,
  };
}

function patchOf(event: ReleaseEvent, position: number): Row {
  const patch: Row = {
    release_id: event.resource_id,
    status: event.status,
    lifecycle_state: lifecycleState(event.status),
    updated_at: event.occurred_at,
    version: event.aggregate_version,
    position,
  };
  if (event.action === 'release.approved') patch['approved_by'] = event.detail.approved_by;
  if (event.action === 'release.applying') patch['execution_id'] = event.detail.execution_id;
  if (event.action === 'release.applied') patch['url'] = event.detail.url;
  return patch;
}

const MUTABLE = `status text, lifecycle_state text, approved_by jsonb, execution_id text, url text, updated_at text, version int, position bigint`;
export const INSERT = `
  INSERT INTO release_list SELECT * FROM json_to_recordset($1::json) AS x(
    release_id text, project_id text, service_id text, service_name text, environment_id text, environment_name text, target_id text,
    slot_id text, artifact_id text, artifact_version text, artifact_digest text, preview_ref text, strategy jsonb, variables jsonb,
    risk text, reason text, requested_by text, previewed_at text, previewed_position bigint, ${MUTABLE})`;
export const UPDATE = `
  UPDATE release_list r SET status = x.status, lifecycle_state = x.lifecycle_state, updated_at = x.updated_at, version = x.version,
    position = x.position, approved_by = coalesce(x.approved_by, r.approved_by), execution_id = coalesce(x.execution_id, r.execution_id),
    url = coalesce(x.url, r.url)
  FROM json_to_recordset($1::json) AS x(release_id text, ${MUTABLE}) WHERE r.release_id = x.release_id`;
