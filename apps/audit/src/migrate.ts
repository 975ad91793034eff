import { migrateMain } from '@slipway/projections-typeorm';
import { MIGRATIONS, SCHEMA } from './audit.schema';

void migrateMain(SCHEMA, MIGRATIONS);
