import { Injectable } from '@nestjs/common';
import { typeSubjects, type TargetEvent } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import type { Projection, Sql } from '@slipway/projections-typeorm';

const json = (value: unknown): string | null => (value === undefined || value === null ? null : JSON.stringify(value));

/** One row per target that exists. */
@Injectable()
export class TargetListProjection implements Projection {
  readonly name = 'target-list';
  readonly subjects = typeSubjects('target');
  readonly tables = ['targets'];

  async apply(events: readonly Recorded[], sql: Sql): Promise<void> {
    for (const { event } of events) await this.one(event as TargetEvent, sql);
  }

  private async one(event: TargetEvent, sql: Sql): Promise<void> {
    const { resource_id: id, occurred_at: at, aggregate_version: version } = event;
    switch (event.action) {
      case 'target.created': {
        const { name, environment_id, runtime_type, connection, credential, prometheus_credential } = event.detail;
        await sql.query(
          `INSERT INTO targets (target_id, project_id, environment_id, name, runtime_type, connection, version, created_at, updated_at, credential, prometheus_credential)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10)`,
          [
            id,
            event.project_id,
            environment_id,
            name,
            runtime_type,
            JSON.stringify(connection),
            version,
            at,
            json(credential),
            json(prometheus_credential),
          ],
        );
        return;
      }
      case 'target.updated': {
        const { connection, credential, prometheus_credential } = event.detail;
        await sql.query(
          `UPDATE targets SET connection = $2, version = $3, updated_at = $4, credential = CASE WHEN $5 THEN credential ELSE $6::jsonb END,
             prometheus_credential = CASE WHEN $7 THEN prometheus_credential ELSE $8::jsonb END
           WHERE target_id = $1`,
          [
            id,
            JSON.stringify(connection),
            version,
            at,
            credential === undefined,
            json(credential),
            prometheus_credential === undefined,
            json(prometheus_credential),
          ],
        );
        return;
      }
      case 'target.credential_rotated':
        await sql.query(
          `UPDATE targets SET credential = coalesce($2::jsonb, credential), version = $3, updated_at = $4,
             prometheus_credential = CASE WHEN $5 THEN prometheus_credential ELSE $6::jsonb END
           WHERE target_id = $1`,
          [
            id,
            json(event.detail.credential),
            version,
            at,
            event.detail.prometheus_credential === undefined,
            json(event.detail.prometheus_credential),
          ],
        );
        return;
      case 'target.deleted':
        await sql.query('DELETE FROM targets WHERE target_id = $1', [id]);
    }
  }
}
