import { Type } from 'class-transformer';
import { IsInt, IsString, Matches, Max, Min, MinLength } from 'class-validator';
import { ServiceConfig } from '@slipway/service-kit';

const Bounded = (minimum: number, maximum: number) => (target: object, key: string) => {
  Type(() => Number)(target, key);
  IsInt()(target, key);
  Min(minimum)(target, key);
  Max(maximum)(target, key);
};

export class RuntimeExecutorConfig extends ServiceConfig {
  /** Directory of the process runtime's host: artifacts, desired state, workload logs. */
  @IsString()
  @MinLength(1)
  SLIPWAY_DATA_DIR!: string;

  /** File with the key of all secrets: 32 bytes in base64. */
  @IsString()
  @MinLength(1)
  SLIPWAY_SECRETS_KEY_FILE!: string;

  /**
   * Private networks that targets may be in, comma-separated, such as `10.0.0.0/8`; `local`: those that this machine is attached to.
   * Public addresses need no mention.
   */
  @IsString()
  SLIPWAY_TARGET_NETWORKS: string = '';

  /**
   * Runtimes whose targets are served, comma-separated: `k8s`, `compose`, `process`. What a `process` target runs is run as this very
   * user, who can read the key of all secrets: switch it on only where whoever may deploy there may know them all.
   */
  @Matches(/^(k8s|compose|process)(,(k8s|compose|process))*$/, {
    message: 'SLIPWAY_RUNTIMES must be a comma-separated list of k8s, compose and process',
  })
  SLIPWAY_RUNTIMES: string = 'k8s,compose';

  /** How long an executor may be silent before another takes its executions over. */
  @Bounded(500, 600_000)
  SLIPWAY_EXECUTION_LEASE_MS: number = 5_000;

  /** How often executions without a living executor are looked for. */
  @Bounded(200, 600_000)
  SLIPWAY_ORPHAN_SCAN_MS: number = 3_000;

  /** How often each slot is compared with what should run in it. */
  @Bounded(200, 86_400_000)
  SLIPWAY_DRIFT_INTERVAL_MS: number = 30_000;

  /** Executions that one executor carries out at a time; those that wait for their environment do not count. */
  @Bounded(1, 10_000)
  SLIPWAY_MAX_EXECUTIONS: number = 64;
}
