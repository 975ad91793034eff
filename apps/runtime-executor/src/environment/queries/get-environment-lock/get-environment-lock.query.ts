import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { EnvironmentLockView } from '@slipway/contracts';
import { LeaseLock } from '@slipway/locks';
import type { CallerContext } from '@slipway/service-kit';
import { requireReader } from '../../../runtime-executor.access';
import { EnvironmentDirectory } from '../../environment.directory';

export class GetEnvironmentLock extends Query<EnvironmentLockView> {
  constructor(
    readonly environment: string,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

/** Who holds the environment, since when, and why (FIELD.md, item 9). */
@QueryHandler(GetEnvironmentLock)
export class GetEnvironmentLockHandler implements IQueryHandler<GetEnvironmentLock> {
  constructor(
    private readonly environments: EnvironmentDirectory,
    private readonly locks: LeaseLock,
  ) {}

  async execute({ environment, caller }: GetEnvironmentLock): Promise<EnvironmentLockView> {
    requireReader(caller.principal);
    const { environmentId } = await this.environments.find(environment, caller);
    const lock = await this.locks.read(environmentId);
    return {
      environment_id: environmentId,
      held: lock !== undefined,
      holder: lock?.holder ?? null,
      execution_id: lock?.executionId ?? null,
      release_id: lock?.releaseId ?? null,
      reason: lock?.reason ?? null,
      acquired_at: lock?.acquiredAt ?? null,
      heartbeat_at: lock?.heartbeatAt ?? null,
      fencing_token: lock?.fencingToken ?? null,
    };
  }
}
