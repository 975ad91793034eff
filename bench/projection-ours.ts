import type { EventStore } from '@slipway/event-sourcing';
import { dataSourceOptions, ProjectionHost, runMigrations } from '@slipway/projections-typeorm';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { BenchReleaseList, ReleaseList1763600000100 } from './projection-read-model';

export const SCHEMA = 'release';

/** The read side of a service catches up from the first event to `end`, rows dropped before. @returns ms. */
export async function oursCatchUp(store: EventStore, databaseUrl: string, end: number): Promise<number> {
  const admin = new Client({ connectionString: databaseUrl });
  await admin.connect();
  await admin.query(`DROP SCHEMA IF EXISTS ${SCHEMA} CASCADE; DROP SCHEMA IF EXISTS ${SCHEMA}_shadow CASCADE`);
  await admin.end();
  await runMigrations({ databaseUrl, schema: SCHEMA, migrations: [ReleaseList1763600000100] });
  const source = new DataSource(dataSourceOptions({ databaseUrl, schema: SCHEMA }));
  await source.initialize();
  const host = new ProjectionHost({ service: 'bench', schema: SCHEMA, databaseUrl, source, store, projections: [new BenchReleaseList()] });
  const began = performance.now();
  host.start();
  await host.waitFor('release-list', end, 600_000);
  const ms = performance.now() - began;
  await host.stop();
  await source.destroy();
  return ms;
}
