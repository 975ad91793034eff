import { Injectable } from '@nestjs/common';
import { typeSubjects, type GroupEvent } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import type { Projection, Sql } from '@slipway/projections-typeorm';
import { factsAfter, type GroupFacts } from '../../domain/group.facts';

const UPSERT = `
  INSERT INTO release_group (group_id, position, project_id, environment_id, status, expires_at, facts)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (group_id) DO UPDATE SET status = excluded.status, expires_at = excluded.expires_at, facts = excluded.facts`;

/** Every release group as its events leave it. Made by people, so rare: a row is read, folded and written. */
@Injectable()
export class GroupListProjection implements Projection {
  readonly name = 'group-list';
  readonly subjects = typeSubjects('group');
  readonly tables = ['release_group'];

  async apply(events: readonly Recorded[], sql: Sql): Promise<void> {
    for (const { position, event } of events as readonly Recorded<GroupEvent>[]) {
      const [row] = await sql.query<{ facts: GroupFacts }>('SELECT facts FROM release_group WHERE group_id = $1', [event.resource_id]);
      const facts = factsAfter(row?.facts ?? null, event);
      if (!facts) continue;
      const { group_id, project_id, environment_id, status, expires_at } = facts;
      await sql.query(UPSERT, [
        group_id,
        position,
        project_id,
        environment_id,
        status,
        expires_at,
        JSON.stringify({ ...facts, read_at: position }),
      ]);
    }
  }
}
