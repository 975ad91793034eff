import { Injectable } from '@nestjs/common';
import { CommandRunner } from '@slipway/event-sourcing';
import { LeaseLock } from '@slipway/locks';
import { DataSource } from 'typeorm';
import { executionType, type Execution } from '../execution/domain/execution.state';

export interface SlotPlace {
  readonly projectId: string;
  readonly environmentId: string;
  readonly slotId: string;
}

/** Tells whether an execution changes a slot, or has begun to: what is seen there then is no drift. */
@Injectable()
export class SlotActivity {
  constructor(
    private readonly locks: LeaseLock,
    private readonly runner: CommandRunner,
    private readonly source: DataSource,
  ) {}

  /** @throws SlipwayError `dependency_unavailable` */
  async isChanging(place: SlotPlace): Promise<boolean> {
    return (await this.isLocked(place)) || (await this.hasBegun(place));
  }

  /** The lock is taken before anything is touched, so this sees what no read model has yet. */
  private async isLocked({ projectId, environmentId, slotId }: SlotPlace): Promise<boolean> {
    const lock = await this.locks.read(environmentId);
    if (!lock) return false;
    const execution = await this.execution(projectId, lock.executionId);
    return execution.phase !== 'none' && execution.phase !== 'ended' && execution.slotId === slotId;
  }

  /** A pause, or an executor that died, leaves an execution without the lock. The read model may not have heard yet that it ended. */
  private async hasBegun({ projectId, environmentId, slotId }: SlotPlace): Promise<boolean> {
    const sql = 'SELECT execution_id AS id FROM executions WHERE NOT ended AND started AND environment_id = $1 AND slot_id = $2';
    const begun = await this.source.query<{ id: string }[]>(sql, [environmentId, slotId]);
    const executions = await Promise.all(begun.map(({ id }) => this.execution(projectId, id)));
    return executions.some(({ phase }) => phase !== 'ended');
  }

  private async execution(projectId: string, id: string): Promise<Execution> {
    return (await this.runner.load(executionType, { projectId, type: 'execution', id })).state;
  }
}
