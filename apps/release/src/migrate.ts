import { migrateMain } from '@slipway/projections-typeorm';
import { MIGRATIONS, SCHEMA } from './release.schema';

void migrateMain(SCHEMA, MIGRATIONS);
