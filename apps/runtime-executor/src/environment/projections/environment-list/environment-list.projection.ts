import { Injectable } from '@nestjs/common';
import { typeSubjects, type EnvironmentEvent } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import type { Projection, Sql } from '@slipway/projections-typeorm';

/** Which project an environment belongs to: requests name the environment alone. */
@Injectable()
export class EnvironmentListProjection implements Projection {
  readonly name = 'environment-list';
  readonly subjects = typeSubjects('environment');
  readonly tables = ['environments'];

  async apply(events: readonly Recorded[], sql: Sql): Promise<void> {
    for (const { event } of events) {
      // The subject filter lets only environment events through.
      const { action, detail, resource_id: id, project_id: project } = event as EnvironmentEvent;
      if (action === 'environment.created') {
        await sql.query('INSERT INTO environments (environment_id, project_id, name) VALUES ($1, $2, $3)', [id, project, detail.name]);
      }
      if (action === 'environment.deleted') await sql.query('DELETE FROM environments WHERE environment_id = $1', [id]);
    }
  }
}
