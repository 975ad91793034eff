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

const WAITING = `SELECT group_id FROM release_group WHERE environment_id = $1 AND facts -> 'rollback' ->> 'status' = 'pending_approval'`;
const POLICY_CHANGED = 'environment.policy_changed';

/** A group whose rollback waits for its ticket is told at once that the policy asks for another; also if it moved while it was asked for. */
@Injectable()
export class RejudgeGroupOnPolicyChangedReaction implements Reaction {
  readonly name = 'rejudge-group-on-policy-changed';
  readonly subjects = [POLICY_CHANGED, 'group.approval_requested'].map(actionSubject);

  constructor(
    private readonly runner: CommandRunner,
    private readonly clock: Clock,
    private readonly basis: BasisReader,
    private readonly source: DataSource,
    private readonly readModels: ReadModels,
  ) {}

  async react(cause: Recorded): Promise<void> {
    const { project_id: projectId, environment_id: id } = cause.event;
    const context = serviceContext(cause, 'release', this.name, this.clock);
    for (const groupId of await this.concerned(cause)) {
      await this.runner.run(groupType, { projectId, type: 'group', id: groupId }, context, async (group) => {
        const { state } = await this.basis.load(environmentBasis, { projectId, type: 'environment', id });
        return rejudgeGroup(present(state, 'environment', id).policy, group);
      });
    }
  }

  private async concerned({ event, position }: Recorded): Promise<string[]> {
    if (event.action !== POLICY_CHANGED) return [event.resource_id];
    await this.readModels.waitFor('group-list', position);
    const rows = await this.source.query<{ group_id: string }[]>(WAITING, [event.environment_id]);
    return rows.map(({ group_id }) => group_id);
  }
}
