import { Injectable } from '@nestjs/common';
import { typeSubjects, type ExecutionEvent } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import type { Projection, Sql } from '@slipway/projections-typeorm';

const ENDS: readonly ExecutionEvent['action'][] = ['execution.succeeded', 'execution.failed', 'execution.abandoned'];

/** One row per execution: what runs, where, since when, and who holds it. Executors look here for what nobody looks after. */
@Injectable()
export class ExecutionListProjection implements Projection {
  readonly name = 'execution-list';
  readonly subjects = typeSubjects('execution');
  readonly tables = ['executions'];

  async apply(events: readonly Recorded[], sql: Sql): Promise<void> {
    for (const recorded of events) {
      // The subject filter lets only execution events through.
      const event = recorded.event as ExecutionEvent;
      if (event.action === 'execution.claimed') await this.claimed(event, recorded.position, sql);
      else await this.moved(event, recorded.position, sql);
    }
  }

  private async claimed(event: Extract<ExecutionEvent, { action: 'execution.claimed' }>, position: number, sql: Sql): Promise<void> {
    const { release_id, act, to_release_id, slot_id, target_id, executor_id, attempt } = event.detail;
    await sql.query(
      `INSERT INTO executions (execution_id, project_id, environment_id, release_id, act, to_release_id, slot_id, target_id,
                               executor_id, attempt, status, step, started, ended, claimed_at, updated_at, position)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, NULL, false, false, $12, $12, $13)
       ON CONFLICT (execution_id) DO UPDATE
       SET executor_id = excluded.executor_id, attempt = excluded.attempt, updated_at = excluded.updated_at, position = excluded.position`,
      [
        event.resource_id,
        event.project_id,
        event.environment_id,
        release_id,
        act,
        to_release_id,
        slot_id,
        target_id,
        executor_id,
        attempt,
        event.status,
        event.occurred_at,
        position,
      ],
    );
  }

  private async moved(event: Exclude<ExecutionEvent, { action: 'execution.claimed' }>, position: number, sql: Sql): Promise<void> {
    const step = 'step' in event.detail ? event.detail.step : null;
    await sql.query(
      `UPDATE executions
       SET status = $2, step = coalesce($3, step), started = started OR $4, ended = ended OR $5, updated_at = $6, position = $7
       WHERE execution_id = $1`,
      [
        event.resource_id,
        event.status,
        step,
        event.action === 'execution.started',
        ENDS.includes(event.action),
        event.occurred_at,
        position,
      ],
    );
  }
}
