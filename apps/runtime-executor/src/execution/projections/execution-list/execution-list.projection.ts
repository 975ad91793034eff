import { Injectable } from '@nestjs/common';
import { typeSubjects } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import type { Projection, Sql } from '@slipway/projections-typeorm';
import { executionChanges } from './execution-changes';

const CLAIM = `
  INSERT INTO executions (execution_id, project_id, environment_id, release_id, act, to_release_id, slot_id, target_id,
                          executor_id, attempt, status, step, started, ended, claimed_at, updated_at, position)
  SELECT execution_id, project_id, environment_id, release_id, act, to_release_id, slot_id, target_id,
         executor_id, attempt, coalesce(status, claim_status), step, started, ended, claimed_at, updated_at, position
  FROM json_to_recordset($1::json) AS claim(
    execution_id text, project_id text, environment_id text, release_id text, act text, to_release_id text, slot_id text, target_id text,
    executor_id text, attempt int, status text, claim_status text, step text, started boolean, ended boolean,
    claimed_at timestamptz, updated_at timestamptz, position bigint)
  ON CONFLICT (execution_id) DO UPDATE SET executor_id = excluded.executor_id, attempt = excluded.attempt`;

const MOVE = `
  UPDATE executions AS execution
  SET status = coalesce(move.status, execution.status), step = coalesce(move.step, execution.step),
      started = execution.started OR move.started, ended = execution.ended OR move.ended,
      updated_at = move.updated_at, position = move.position
  FROM json_to_recordset($1::json) AS move(
    execution_id text, status text, step text, started boolean, ended boolean, updated_at timestamptz, position bigint)
  WHERE execution.execution_id = move.execution_id AND execution.position < move.position`;

/**
 * One row per execution: what runs, where, since when, and who holds it. Executors look here for what nobody looks after.
 * A batch is folded in memory first; then one statement writes its claims, and one what became of earlier ones.
 */
@Injectable()
export class ExecutionListProjection implements Projection {
  readonly name = 'execution-list';
  readonly subjects = typeSubjects('execution');
  readonly tables = ['executions'];

  async apply(events: readonly Recorded[], sql: Sql): Promise<void> {
    const changes = executionChanges(events);
    const claims = changes.flatMap(({ claim, ...rest }) => (claim ? [{ ...rest, ...claim }] : []));
    if (claims.length > 0) await sql.query(CLAIM, [JSON.stringify(claims)]);
    await sql.query(MOVE, [JSON.stringify(changes.map(({ claim: _, ...move }) => move))]);
  }
}
