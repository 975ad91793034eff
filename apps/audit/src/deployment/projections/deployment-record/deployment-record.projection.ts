import { Injectable } from '@nestjs/common';
import { actionSubject, typeSubjects, type DeploymentRecord, type EventOf, type ReleaseEvent } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import { documents, joined, type Projection, type Sql } from '@slipway/projections-typeorm';
import { beginDeployment, evolveDeployment, type Deployment } from '../../domain/deployment';

/** "What was deployed, when, and why" (spec 003, section 14), one row per release. */
@Injectable()
export class DeploymentRecordProjection implements Projection {
  readonly name = 'deployment-record';
  readonly subjects = [...typeSubjects('release'), actionSubject('change.recorded'), actionSubject('artifact.registered')];
  readonly tables = ['deployment_record', 'deployment_origin'];

  async apply(events: readonly Recorded[], sql: Sql): Promise<void> {
    await this.keepOrigins(events, sql);
    const releases = events.filter(({ event }) => event.resource_type === 'release');
    if (releases.length === 0) return;
    const origins = await this.origins(releases, sql);
    const records = await this.records(releases, sql);
    const touched = new Map<string, Deployment>();
    for (const { position, event } of releases) {
      const release = event as ReleaseEvent;
      const before = touched.get(event.resource_id) ?? records.get(event.resource_id);
      const after =
        release.action === 'release.previewed' ? begin(release, origins) : before && evolveDeployment(before, position, release);
      if (after) touched.set(event.resource_id, after);
    }
    await this.write([...touched.values()], sql);
  }

  private async keepOrigins(events: readonly Recorded[], sql: Sql): Promise<void> {
    const found = events.filter(({ event }) => event.resource_type !== 'release');
    if (found.length === 0) return;
    await sql.query('INSERT INTO deployment_origin (resource_id, at) SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT DO NOTHING', [
      found.map(({ event }) => event.resource_id),
      found.map(({ event }) => event.occurred_at),
    ]);
  }

  private async origins(releases: readonly Recorded[], sql: Sql): Promise<ReadonlyMap<string, string>> {
    const ids = releases.flatMap(({ event }) => {
      if (event.action !== 'release.previewed') return [];
      const { subject } = (event as unknown as EventOf<'release.previewed'>).detail;
      return [subject.artifact_id, ...(subject.change_id === null ? [] : [subject.change_id])];
    });
    if (ids.length === 0) return new Map();
    const rows = await sql.query<{ resource_id: string; at: string }>(
      'SELECT resource_id, at FROM deployment_origin WHERE resource_id = ANY($1)',
      [[...new Set(ids)]],
    );
    return new Map(rows.map((row) => [row.resource_id, row.at]));
  }

  /** Of the releases that an earlier batch began. */
  private async records(releases: readonly Recorded[], sql: Sql): Promise<ReadonlyMap<string, Deployment>> {
    const ids = new Set(releases.map(({ event }) => event.resource_id));
    for (const { event } of releases) if (event.action === 'release.previewed') ids.delete(event.resource_id);
    if (ids.size === 0) return new Map();
    const rows = await sql.query<{ release_id: string; requested_at: number | string | null; record: DeploymentRecord }>(
      'SELECT release_id, requested_at, record FROM deployment_record WHERE release_id = ANY($1)',
      [[...ids]],
    );
    return new Map(
      rows.map(({ release_id: id, requested_at: at, record }) => [id, { record, requestedAt: at === null ? null : Number(at) }]),
    );
  }

  private async write(deployments: readonly Deployment[], sql: Sql): Promise<void> {
    const column = (of: (deployment: Deployment) => string | number | null): unknown[] => deployments.map(of);
    await sql.query(
      `INSERT INTO deployment_record (release_id, project_id, environment_id, service_id, requested_at, record)
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], ${documents('$6')})
       ON CONFLICT (release_id) DO UPDATE SET requested_at = excluded.requested_at, record = excluded.record`,
      [
        column(({ record }) => record.release_id),
        column(({ record }) => record.project_id),
        column(({ record }) => record.environment_id),
        column(({ record }) => record.service_id),
        column(({ requestedAt }) => requestedAt),
        joined(deployments.map(({ record }) => record)),
      ],
    );
  }
}

const begin = (event: EventOf<'release.previewed'>, origins: ReadonlyMap<string, string>): Deployment =>
  beginDeployment(event, {
    changeRecordedAt: event.detail.subject.change_id === null ? undefined : origins.get(event.detail.subject.change_id),
    artifactRegisteredAt: origins.get(event.detail.subject.artifact_id),
  });
