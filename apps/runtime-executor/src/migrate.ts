import { migrateMain } from '@slipway/projections-typeorm';
import { MIGRATIONS, SCHEMA } from './runtime-executor.schema';

void migrateMain(SCHEMA, MIGRATIONS);
