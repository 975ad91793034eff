export { assertSchemaName, dataSourceOptions, type MigrationClass, type RowClass, type ServiceDatabase } from './data-source';
export { documents, joined } from './documents';
export * from './expiry-sweep';
export * from './row-sweep';
export type { FollowerTiming, Log } from './handler';
export { decodeCursor, encodeCursor, keysetPage, latestOf, type KeysetOptions } from './keyset-page';
export * from './log-integrity';
export { migrateMain, pendingMigrations, runMigrations, type MigrateOptions } from './migrations';
export * from './projection';
export { ProjectionHost, type ProjectionHostOptions, type Skip } from './projection-host';
export {
  DATABASE_URL,
  EVENT_STORE,
  LOGGER,
  METRICS_REGISTRY,
  ProjectionsModule,
  REACTION_SCOPE,
  type ServiceProjections,
} from './projections.module';
export { ProjectionAdmin, ReadModels } from './read-models';
export { inTransaction, sqlOf, type Durability } from './transaction';
