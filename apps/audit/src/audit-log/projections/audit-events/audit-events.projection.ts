import { Injectable } from '@nestjs/common';
import { auditEvent } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import { documents, joined, type Projection, type Sql } from '@slipway/projections-typeorm';
import { TimelinePlaces } from '../../../timeline/projections/timeline/timeline-places';

/** Every fact, as one row each, and its places on the timelines. */
@Injectable()
export class AuditEventsProjection implements Projection {
  readonly name = 'audit-events';
  readonly subjects: readonly string[] = [];
  readonly tables = ['audit_event', ...TimelinePlaces.tables];
  private readonly timelines = new TimelinePlaces();

  async apply(events: readonly Recorded[], sql: Sql): Promise<void> {
    await sql.query(
      `INSERT INTO audit_event (position, project_id, environment_id, resource_id, actor_id, action, occurred_at, entry)
       SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], ${documents('$8')})`,
      [
        events.map(({ position }) => position),
        events.map(({ event }) => event.project_id),
        events.map(({ event }) => event.environment_id),
        events.map(({ event }) => event.resource_id),
        events.map(({ event }) => event.actor_id),
        events.map(({ event }) => event.action),
        events.map(({ event }) => event.occurred_at),
        joined(events.map(({ position, event }) => auditEvent(position, event))),
      ],
    );
    await this.timelines.keep(events, sql);
  }
}
