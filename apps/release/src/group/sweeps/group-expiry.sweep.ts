import { Injectable } from '@nestjs/common';
import { CommandRunner, timerContext } from '@slipway/event-sourcing';
import { RowSweep } from '@slipway/projections-typeorm';
import { Clock } from '@slipway/service-kit';
import { expireGroup } from '../domain/group.decider';
import { groupType } from '../domain/group.state';

/** Previews of groups run out by themselves: `group.expired`. Apply refuses at the same moment, whether or not this has come by. */
@Injectable()
export class GroupExpirySweep extends RowSweep {
  readonly name = 'group-expiry';
  protected readonly waiting = { table: 'release_group', idColumn: 'group_id', dueColumn: 'expires_at', condition: `status = 'previewed'` };

  constructor(
    private readonly runner: CommandRunner,
    private readonly clock: Clock,
  ) {
    super();
  }

  protected async expireRow(projectId: string, id: string): Promise<void> {
    const context = timerContext('release', this.name, [id], this.clock);
    await this.runner.run(groupType, { projectId, type: 'group', id }, context, (group) => expireGroup(context.now, group));
  }
}
