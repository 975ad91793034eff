import { Injectable } from '@nestjs/common';
import { typeSubjects, type EnvironmentEvent } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import type { Projection, Sql } from '@slipway/projections-typeorm';

/** One row per environment that exists. */
@Injectable()
export class EnvironmentListProjection implements Projection {
  readonly name = 'environment-list';
  readonly subjects = typeSubjects('environment');
  readonly tables = ['environments'];

  async apply(events: readonly Recorded[], sql: Sql): Promise<void> {
    for (const { event } of events) await this.one(event as EnvironmentEvent, sql);
  }

  private async one(event: EnvironmentEvent, sql: Sql): Promise<void> {
    const { resource_id: id, occurred_at: at, aggregate_version: version } = event;
    switch (event.action) {
      case 'environment.created': {
        const { name, title, type, policy } = event.detail;
        await sql.query(
          `INSERT INTO environments (environment_id, project_id, name, title, type, policy, version, created_at, updated_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)`,
          [id, event.project_id, name, title, type, JSON.stringify(policy), version, at],
        );
        return;
      }
      case 'environment.updated':
        await sql.query(`UPDATE environments SET title = $2, version = $3, updated_at = $4 WHERE environment_id = $1`, [
          id,
          event.detail.title,
          version,
          at,
        ]);
        return;
      case 'environment.policy_changed':
        await sql.query(`UPDATE environments SET policy = $2, version = $3, updated_at = $4 WHERE environment_id = $1`, [
          id,
          JSON.stringify(event.detail.policy),
          version,
          at,
        ]);
        return;
      case 'environment.deleted':
        await sql.query('DELETE FROM environments WHERE environment_id = $1', [id]);
    }
  }
}
