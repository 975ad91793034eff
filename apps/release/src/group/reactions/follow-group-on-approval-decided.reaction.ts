import { Injectable } from '@nestjs/common';
import { actionSubject, type EventOf, type NewGroupEvent } from '@slipway/contracts';
import { CommandRunner, serviceContext, type Recorded } from '@slipway/event-sourcing';
import type { Reaction } from '@slipway/projections-typeorm';
import { Clock } from '@slipway/service-kit';
import { grant, refuse } from '../domain/group.decider';
import { groupType, type Group } from '../domain/group.state';
import { noWayBack } from '../domain/group.way-back';
import { GroupMembers } from '../group.members';

type Decided = EventOf<'approval.approved' | 'approval.rejected' | 'approval.expired'>;

/** The end of a ticket that a group asked for becomes the group's next step: of its apply, or of its rollback. */
@Injectable()
export class FollowGroupOnApprovalDecidedReaction implements Reaction {
  readonly name = 'follow-group-on-approval-decided';
  readonly subjects = ['approval.approved', 'approval.rejected', 'approval.expired'].map(actionSubject);

  constructor(
    private readonly runner: CommandRunner,
    private readonly clock: Clock,
    private readonly members: GroupMembers,
  ) {}

  async react(cause: Recorded): Promise<void> {
    const event = cause.event as Decided;
    const { resource_type, resource_id } = event.detail;
    if (resource_type !== 'group' || resource_id === undefined) return;
    const ref = { projectId: event.project_id, type: 'group', id: resource_id } as const;
    await this.runner.run(groupType, ref, serviceContext(cause, 'release', this.name, this.clock), async (group) => {
      const stuck = group && noWayBack(group, await this.members.read(group));
      return followed(event, stuck, group);
    });
  }
}

function followed(event: Decided, stuck: string | null, group: Group): NewGroupEvent[] {
  const ticketId = event.resource_id;
  switch (event.action) {
    case 'approval.approved':
      return grant({ ticketId, contentRef: event.detail.preview_ref, approvedBy: event.detail.approved_by, stuck }, group);
    case 'approval.rejected': {
      const { rejected_by: by, comment } = event.detail;
      return refuse({ ticketId, why: 'rejected', by, comment, at: event.occurred_at }, group);
    }
    case 'approval.expired':
      return refuse({ ticketId, why: 'expired', by: null, comment: null, at: event.detail.expired_at }, group);
  }
}
