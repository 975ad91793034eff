import type { MigrationClass } from '@slipway/projections-typeorm';
import { Environments1763640000001 } from './environment/projections/environment-list/environment-list.migration';
import { PolicyVersions1764200000002 } from './environment/projections/policy-versions/policy-versions.migration';
import { PolicyVersionsKept1764450000000 } from './environment/projections/policy-versions/policy-versions-kept.migration';
import { Projects1763640000000 } from './project/projections/project-list/project-list.migration';
import { TargetCredentials1764000000001 } from './target/projections/target-list/target-credentials.migration';
import { TargetPrometheusCredential1764400000001 } from './target/projections/target-list/target-prometheus-credential.migration';
import { Targets1763640000002 } from './target/projections/target-list/target-list.migration';

export const SCHEMA = 'provisioning';
/** In the order in which they run. */
export const MIGRATIONS: readonly MigrationClass[] = [
  Projects1763640000000,
  Environments1763640000001,
  Targets1763640000002,
  TargetCredentials1764000000001,
  TargetPrometheusCredential1764400000001,
  PolicyVersions1764200000002,
  PolicyVersionsKept1764450000000,
];
