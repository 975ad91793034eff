import { releasesNamedBy, TIMELINE_TYPES } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import type { Sql } from '@slipway/projections-typeorm';

const TYPES: readonly string[] = TIMELINE_TYPES;

/**
 * Which events are on which release's timeline. An execution or a ticket belongs where its first event says; its later events need
 * not say it again (`timeline_resource` remembers). Written with the events themselves, which the timeline shows.
 */
export class TimelinePlaces {
  static readonly tables = ['timeline_entry', 'timeline_resource'];

  async keep(events: readonly Recorded[], sql: Sql): Promise<void> {
    const concerned = events.filter(({ event }) => TYPES.includes(event.resource_type));
    if (concerned.length === 0) return;
    const owners = await this.owners(concerned, sql);
    const lines = concerned.flatMap((recorded) => releasesOf(recorded, owners).map((releaseId) => ({ releaseId, recorded })));
    await sql.query(
      `INSERT INTO timeline_entry (release_id, position, project_id, environment_id)
       SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[])`,
      [
        lines.map(({ releaseId }) => releaseId),
        lines.map(({ recorded }) => recorded.position),
        lines.map(({ recorded }) => recorded.event.project_id),
        lines.map(({ recorded }) => recorded.event.environment_id),
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
