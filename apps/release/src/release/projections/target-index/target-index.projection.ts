import { Injectable } from '@nestjs/common';
import { actionSubject, type TargetEvent } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import type { Projection, Sql } from '@slipway/projections-typeorm';

/** Which targets an environment has: a preview that names none takes the only one. */
@Injectable()
export class TargetIndexProjection implements Projection {
  readonly name = 'target-index';
  readonly subjects = [actionSubject('target.created'), actionSubject('target.deleted')];
  readonly tables = ['target_index'];

  async apply(events: readonly Recorded[], sql: Sql): Promise<void> {
    for (const { event } of events as readonly Recorded<TargetEvent>[]) await applyOne(event, sql);
  }
}

async function applyOne(event: TargetEvent, sql: Sql): Promise<void> {
  if (event.action === 'target.created') {
    await sql.query('INSERT INTO target_index (target_id, environment_id, name) VALUES ($1, $2, $3)', [
      event.resource_id,
      event.detail.environment_id,
      event.detail.name,
    ]);
  }
  if (event.action === 'target.deleted') await sql.query('DELETE FROM target_index WHERE target_id = $1', [event.resource_id]);
}
