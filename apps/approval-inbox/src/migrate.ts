import { migrateMain } from '@slipway/projections-typeorm';
import { MIGRATIONS, SCHEMA } from './approval-inbox.schema';

void migrateMain(SCHEMA, MIGRATIONS);
