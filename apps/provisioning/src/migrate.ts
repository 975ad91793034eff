import { migrateMain } from '@slipway/projections-typeorm';
import { MIGRATIONS, SCHEMA } from './provisioning.schema';

void migrateMain(SCHEMA, MIGRATIONS);
