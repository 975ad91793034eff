import type { MigrationClass } from '@slipway/projections-typeorm';
import { Environments1763650000002 } from './environment/projections/environment-list/environment-list.migration';
import { Executions1763650000000 } from './execution/projections/execution-list/execution-list.migration';
import { SlotAsOf1764400000000 } from './slot/projections/slot-list/slot-as-of.migration';
import { Slots1763650000001 } from './slot/projections/slot-list/slot-list.migration';

export const SCHEMA = 'runtime_executor';
/** In the order in which they run. */
export const MIGRATIONS: readonly MigrationClass[] = [
  Executions1763650000000,
  Slots1763650000001,
  Environments1763650000002,
  SlotAsOf1764400000000,
];
