import { Injectable } from '@nestjs/common';
import { typeSubjects, type ChangeEvent } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import type { Projection, Sql } from '@slipway/projections-typeorm';
import { evolve } from '../../domain/change.state';

/** Every recorded change, in the order of the log. */
@Injectable()
export class ChangeListProjection implements Projection {
  readonly name = 'change-list';
  readonly subjects = typeSubjects('change');
  readonly tables = ['change'];

  async apply(events: readonly Recorded[], sql: Sql): Promise<void> {
    const rows = (events as readonly Recorded<ChangeEvent>[]).map(({ position, event }) => ({
      change_id: event.resource_id,
      position,
      project_id: event.project_id,
      view: evolve(null, event),
    }));
    await sql.query(
      `INSERT INTO change (change_id, position, project_id, view)
       SELECT * FROM json_to_recordset($1::json) AS added(change_id text, position bigint, project_id text, view jsonb)`,
      [JSON.stringify(rows)],
    );
  }
}
