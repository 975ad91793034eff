import { Injectable } from '@nestjs/common';
import { typeSubjects, type IntentEvent, type IntentView } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import type { Projection, Sql } from '@slipway/projections-typeorm';
import { viewAfter } from '../../domain/intent.state';

const UPSERT = `
  INSERT INTO intent (intent_id, position, project_id, environment_id, conversation_id, status, expires_at, view)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
  ON CONFLICT (intent_id) DO UPDATE SET status = excluded.status, expires_at = excluded.expires_at, view = excluded.view`;

/** Every intent as its events leave it. Asked by people, so rare: a row is read, folded and written. */
@Injectable()
export class IntentListProjection implements Projection {
  readonly name = 'intent-list';
  readonly subjects = typeSubjects('intent');
  readonly tables = ['intent'];

  async apply(events: readonly Recorded[], sql: Sql): Promise<void> {
    for (const { position, event } of events as readonly Recorded<IntentEvent>[]) {
      const [row] = await sql.query<{ view: IntentView }>('SELECT view FROM intent WHERE intent_id = $1', [event.resource_id]);
      const view = viewAfter(row?.view ?? null, event);
      if (!view) continue;
      const expiresAt = view.status === 'proposed' ? view.proposal?.expires_at : null;
      const key = [view.intent_id, position, view.project_id, event.environment_id, view.conversation_id];
      await sql.query(UPSERT, [...key, view.status, expiresAt ?? null, JSON.stringify(view)]);
    }
  }
}
