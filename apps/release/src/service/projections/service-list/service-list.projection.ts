import { Injectable } from '@nestjs/common';
import { typeSubjects, type ServiceEvent } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import type { Projection, Sql } from '@slipway/projections-typeorm';

/** The services in use. Rare events: one statement each. */
@Injectable()
export class ServiceListProjection implements Projection {
  readonly name = 'service-list';
  readonly subjects = typeSubjects('service');
  readonly tables = ['service'];

  async apply(events: readonly Recorded[], sql: Sql): Promise<void> {
    for (const { event } of events as readonly Recorded<ServiceEvent>[]) await applyOne(event, sql);
  }
}

async function applyOne(event: ServiceEvent, sql: Sql): Promise<void> {
  switch (event.action) {
    case 'service.created':
      await sql.query(
        `INSERT INTO service (service_id, project_id, name, title, kind, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $6)`,
        [event.resource_id, event.project_id, event.detail.name, event.detail.title, event.detail.kind, event.occurred_at],
      );
      return;
    case 'service.updated':
      await sql.query('UPDATE service SET title = $2, updated_at = $3 WHERE service_id = $1', [
        event.resource_id,
        event.detail.title,
        event.occurred_at,
      ]);
      return;
    case 'service.deleted':
      await sql.query('DELETE FROM service WHERE service_id = $1', [event.resource_id]);
  }
}
