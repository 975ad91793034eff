import { Injectable } from '@nestjs/common';
import { actionSubject } from '@slipway/contracts';
import { CommandRunner, serviceContext, type Recorded } from '@slipway/event-sourcing';
import { ReadModels, type Reaction } from '@slipway/projections-typeorm';
import { Clock } from '@slipway/service-kit';
import { DataSource } from 'typeorm';
import { present } from '../../release.access';
import { BasisReader } from '../../release/basis/basis.reader';
import { environmentBasis } from '../../release/basis/environment.basis';
import { rejudgeGroup } from '../domain/group.decider';
import { groupType } from '../domain/group.state';
import { noWayBack } from '../domain/group.way-back';
import { GroupMembers } from '../group.members';

const WAITING = `SELECT group_id FROM release_group WHERE environment_id = $1 AND facts -> 'rollback' ->> 'status' = 'pending_approval'`;
const MOVED = ['environment.policy_changed', 'slot.deployed', 'slot.restored'];

/**
 * A group whose rollback waits for its ticket is told at once that the policy asks for another, or that a member's slot moved on so that
 * there is no way back; also if that happened while it was asked for.
 */
@Injectable()
export class RejudgeGroupOnPolicyChangedReaction implements Reaction {
  readonly name = 'rejudge-group-on-policy-changed';
  readonly subjects = [...MOVED, 'group.approval_requested'].map(actionSubject);

  constructor(
    private readonly runner: CommandRunner,
    private readonly clock: Clock,
    private readonly basis: BasisReader,
    private readonly members: GroupMembers,
    private readonly source: DataSource,
    private readonly readModels: ReadModels,
  ) {}

  async react(cause: Recorded): Promise<void> {
    const { project_id: projectId, environment_id: id } = cause.event;
    const context = serviceContext(cause, 'release', this.name, this.clock);
    for (const groupId of await this.concerned(cause)) {
      await this.runner.run(groupType, { projectId, type: 'group', id: groupId }, context, async (group) => {
        const { state } = await this.basis.load(environmentBasis, { projectId, type: 'environment', id });
        const stuck = group && noWayBack(group, await this.members.read(group));
        return rejudgeGroup(present(state, 'environment', id).policy, stuck, group);
      });
    }
  }

  private async concerned({ event, position }: Recorded): Promise<string[]> {
    if (!MOVED.includes(event.action)) return [event.resource_id];
    await this.readModels.waitFor('group-list', position);
    const rows = await this.source.query<{ group_id: string }[]>(WAITING, [event.environment_id]);
    return rows.map(({ group_id }) => group_id);
  }
}
