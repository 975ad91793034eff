import { Injectable } from '@nestjs/common';
import { releasesNamedBy, timelineEntry, TIMELINE_TYPES, typeSubjects } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import { documents, joined, type Projection, type Sql } from '@slipway/projections-typeorm';

/**
 * What happened to each release, in the order of the log. An execution or a ticket belongs where its first event says; its
 * later events need not say it again (`timeline_resource` remembers).
 */
@Injectable()
export class TimelineProjection implements Projection {
  readonly name = 'timeline';
  readonly subjects = typeSubjects(...TIMELINE_TYPES);
  readonly tables = ['timeline_entry', 'timeline_resource'];

  async apply(events: readonly Recorded[], sql: Sql): Promise<void> {
    const owners = await this.owners(events, sql);
    const lines = events.flatMap((recorded) => releasesOf(recorded, owners).map((releaseId) => ({ releaseId, recorded })));
    await sql.query(
      `INSERT INTO timeline_entry (release_id, position, project_id, environment_id, entry)
       SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[], ${documents('$5')})`,
      [
        lines.map(({ releaseId }) => releaseId),
        lines.map(({ recorded }) => recorded.position),
        lines.map(({ recorded }) => recorded.event.project_id),
        lines.map(({ recorded }) => recorded.event.environment_id),
        joined(lines.map(({ recorded: { position, event } }) => timelineEntry(position, event))),
      ],
    );
  }

  /** Release of each execution and ticket in the batch: known from before, or named in the batch and kept for later. */
  private async owners(events: readonly Recorded[], sql: Sql): Promise<ReadonlyMap<string, string>> {
    const named = new Map<string, string>();
    const asked = new Set<string>();
    for (const { event } of events) {
      if (event.resource_type !== 'execution' && event.resource_type !== 'approval') continue;
      const [releaseId] = releasesNamedBy(event);
      if (releaseId !== undefined) named.set(event.resource_id, named.get(event.resource_id) ?? releaseId);
      else if (!named.has(event.resource_id)) asked.add(event.resource_id);
    }
    const known =
      asked.size === 0
        ? []
        : await sql.query<{ resource_id: string; release_id: string }>(
            'SELECT resource_id, release_id FROM timeline_resource WHERE resource_id = ANY($1)',
            [[...asked]],
          );
    if (named.size > 0) {
      await sql.query(
        'INSERT INTO timeline_resource (resource_id, release_id) SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT DO NOTHING',
        [[...named.keys()], [...named.values()]],
      );
    }
    return new Map([...known.map((row) => [row.resource_id, row.release_id] as const), ...named]);
  }
}

function releasesOf({ event }: Recorded, owners: ReadonlyMap<string, string>): string[] {
  const named = releasesNamedBy(event);
  if (named.length > 0) return named;
  const owner = owners.get(event.resource_id);
  return owner === undefined ? [] : [owner];
}
