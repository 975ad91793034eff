import type { MigrationClass, RowClass } from '@slipway/projections-typeorm';
import { ArtifactRow } from './artifact/projections/artifact-list/artifact-list.row';
import { ChangeRow } from './change/projections/change-list/change-list.row';
import { GroupRow } from './group/projections/group-list/group-list.row';
import { IntentRow } from './intent/projections/intent-list/intent-list.row';
import { ReleaseList1763600000001 } from './migrations/1763600000001-release-list';
import { ServicesChangesArtifacts1763600000002 } from './migrations/1763600000002-services-changes-artifacts';
import { NewestReleases1763600000003 } from './migrations/1763600000003-newest-releases';
import { ReleasesByStatus1763600000004 } from './migrations/1763600000004-releases-by-status';
import { Intents1763676000001 } from './migrations/1763676000001-intents';
import { WaitingRollbacks1764200000001 } from './migrations/1764200000001-waiting-rollbacks';
import { ReleaseGroups1764200000002 } from './migrations/1764200000002-release-groups';
import { HistoricalRollbacks1764500000001 } from './migrations/1764500000001-historical-rollbacks';
import { ReleaseRow } from './release/projections/release-list/release-list.row';
import { ServiceRow } from './service/projections/service-list/service-list.row';

/** PostgreSQL schema of the release service, with what makes and fills it. */
export const SCHEMA = 'release';
export const MIGRATIONS: readonly MigrationClass[] = [
  ReleaseList1763600000001,
  ServicesChangesArtifacts1763600000002,
  NewestReleases1763600000003,
  ReleasesByStatus1763600000004,
  Intents1763676000001,
  WaitingRollbacks1764200000001,
  ReleaseGroups1764200000002,
  HistoricalRollbacks1764500000001,
];
export const ROWS: readonly RowClass[] = [ServiceRow, ChangeRow, ArtifactRow, ReleaseRow, IntentRow, GroupRow];
