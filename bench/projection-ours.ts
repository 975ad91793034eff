import { createRequire } from 'node:module';
import type { EventStore } from '@slipway/event-sourcing';
import { dataSourceOptions, ProjectionHost, runMigrations, type Projection } from '@slipway/projections-typeorm';
import { Client } from 'pg';
import { DataSource } from 'typeorm';

type ReleaseSchema = typeof import('../apps/release/src/release.schema');
type ReleaseList = typeof import('../apps/release/src/release/projections/release-list/release-list.projection');

/** Modules of the built release service: what is measured is what runs. */
const built = createRequire(__filename);
const { MIGRATIONS, SCHEMA } = built('@slipway/release/dist/release.schema') as ReleaseSchema;
const { ReleaseListProjection } = built('@slipway/release/dist/release/projections/release-list/release-list.projection') as ReleaseList;

/** The first page of a project's releases, as `list-releases` asks for it. */
export const NEWEST_PAGE = `SELECT * FROM ${SCHEMA}.release WHERE project_id = 'bench' ORDER BY project_id DESC, position DESC LIMIT 50`;

export interface ReadModel {
  readonly projection: Projection;
  readonly migrations: Parameters<typeof runMigrations>[0]['migrations'];
}
/** The release service's own. */
const releaseList = (): ReadModel => ({ projection: new ReleaseListProjection(), migrations: MIGRATIONS });

/** Our projection host brings a read model from the first event to `end`, its schema dropped before. @returns ms. */
export async function oursCatchUp(store: EventStore, databaseUrl: string, end: number, model = releaseList()): Promise<number> {
  const admin = new Client({ connectionString: databaseUrl });
  await admin.connect();
  await admin.query(`DROP SCHEMA IF EXISTS ${SCHEMA} CASCADE; DROP SCHEMA IF EXISTS ${SCHEMA}_shadow CASCADE`);
  await admin.end();
  await runMigrations({ databaseUrl, schema: SCHEMA, migrations: model.migrations });
  const source = new DataSource(dataSourceOptions({ databaseUrl, schema: SCHEMA }));
  await source.initialize();
  const projections = [model.projection];
  const host = new ProjectionHost({ service: 'bench', schema: SCHEMA, databaseUrl, source, store, projections, durability: 'flushed' });
  const began = performance.now();
  host.start();
  await host.waitFor('release-list', end, 600_000);
  const ms = performance.now() - began;
  await host.stop();
  await source.destroy();
  return ms;
}
