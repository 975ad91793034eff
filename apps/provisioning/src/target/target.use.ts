import { Injectable } from '@nestjs/common';
import type { AggregateRef, TargetUse } from '@slipway/contracts';
import { RpcClient, type CallerContext } from '@slipway/service-kit';

/** What runs at a target, and what is being carried out there; known to the executor. */
@Injectable()
export class TargetUses {
  constructor(private readonly rpc: RpcClient) {}

  /** @throws SlipwayError `dependency_unavailable` while no executor answers */
  async of({ projectId, id }: AggregateRef, caller: CallerContext): Promise<TargetUse> {
    const { value } = await this.rpc.call('runtime-executor', 'get-target-use', { project_id: projectId, target_id: id }, caller);
    return value;
  }
}
