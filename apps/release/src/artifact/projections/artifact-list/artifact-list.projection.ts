import { Injectable } from '@nestjs/common';
import { typeSubjects, type ArtifactEvent } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import type { Projection, Sql } from '@slipway/projections-typeorm';
import { evolve } from '../../domain/artifact.state';

/** Every registered artifact, in the order of the log. */
@Injectable()
export class ArtifactListProjection implements Projection {
  readonly name = 'artifact-list';
  readonly subjects = typeSubjects('artifact');
  readonly tables = ['artifact'];

  async apply(events: readonly Recorded[], sql: Sql): Promise<void> {
    const rows = (events as readonly Recorded<ArtifactEvent>[]).map(({ position, event }) => ({
      artifact_id: event.resource_id,
      position,
      project_id: event.project_id,
      service_id: event.detail.service_id,
      view: evolve(null, event),
    }));
    await sql.query(
      `INSERT INTO artifact (artifact_id, position, project_id, service_id, view)
       SELECT * FROM json_to_recordset($1::json) AS added(artifact_id text, position bigint, project_id text, service_id text, view jsonb)`,
      [JSON.stringify(rows)],
    );
  }
}
