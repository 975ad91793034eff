import { Injectable } from '@nestjs/common';
import { actionSubject, typeSubjects, type AggregateRef, type NewGroupEvent, type NewReleaseEvent } from '@slipway/contracts';
import { CommandRunner, serviceContext, type Recorded } from '@slipway/event-sourcing';
import type { Reaction } from '@slipway/projections-typeorm';
import { Clock } from '@slipway/service-kit';
import { present } from '../../release.access';
import { BasisReader } from '../../release/basis/basis.reader';
import { CurrentBasisReader } from '../../release/basis/current.basis';
import { environmentBasis } from '../../release/basis/environment.basis';
import { decide } from '../../release/domain/release.decider';
import { releaseType, type DraftedRelease } from '../../release/domain/release.state';
import type { GroupFacts } from '../domain/group.facts';
import { nextStep } from '../domain/group.progress';
import { groupType } from '../domain/group.state';
import type { Step } from '../domain/group.step';
import { GroupMembers } from '../group.members';

/** What ends a member's part, for now or for good. */
const MEMBER_ENDS = ['applied', 'failed', 'rejected', 'expired', 'superseded', 'cancelled', 'rollback_completed', 'rollback_failed'].map(
  (event) => `release.${event}`,
);

/**
 * Moves a release group one step on, whenever it or a member moved: the step follows from where all of them are at the log's head, not
 * from the event, so that an event that is delivered again, or a process that was killed half-way, comes to the same (ADR 0028).
 */
@Injectable()
export class MoveGroupOnItsMembersReaction implements Reaction {
  readonly name = 'move-group-on-its-members';
  readonly subjects = [...typeSubjects('group'), ...MEMBER_ENDS.map(actionSubject)];

  constructor(
    private readonly runner: CommandRunner,
    private readonly clock: Clock,
    private readonly basis: BasisReader,
    private readonly current: CurrentBasisReader,
    private readonly members: GroupMembers,
  ) {}

  async react(cause: Recorded): Promise<void> {
    const ref = await this.groupOf(cause);
    if (!ref) return;
    const { state: group } = await this.runner.load(groupType, ref);
    if (!group) return;
    const context = serviceContext(cause, 'release', this.name, this.clock);
    const { words } = await this.step(group);
    for (const { releaseId, word } of words) {
      const release = { projectId: ref.projectId, type: 'release', id: releaseId } as const;
      await this.runner.run(releaseType, release, context, async (state) => (state.phase === 'none' ? [] : this.said(word, group, state)));
    }
    await this.runner.run(groupType, ref, context, async (now) => (now ? this.eventsOf(now) : []));
  }

  /** The group goes on when its members have been told all; what moved meanwhile is told them on the event by which it moved. */
  private async eventsOf(group: GroupFacts): Promise<NewGroupEvent[]> {
    const { words, events } = await this.step(group);
    return words.length === 0 ? events : [];
  }

  /** Of an event of a group, or of one of its members; most releases have none. */
  private async groupOf({ event }: Recorded): Promise<AggregateRef | undefined> {
    const { project_id: projectId, resource_type, resource_id } = event;
    if (resource_type === 'group') return { projectId, type: 'group', id: resource_id };
    const { state } = await this.runner.load(releaseType, { projectId, type: 'release', id: resource_id });
    const id = state.phase === 'none' ? undefined : state.subject.group_id;
    return id === undefined ? undefined : { projectId, type: 'group', id };
  }

  private async step(group: GroupFacts): Promise<Step> {
    const at = { projectId: group.project_id, type: 'environment', id: group.environment_id } as const;
    const [members, { state }] = await Promise.all([this.members.read(group), this.basis.load(environmentBasis, at)]);
    return nextStep(group, members, present(state, 'environment', group.environment_name).policy.automatic_rollback);
  }

  private async said(word: Step['words'][number]['word'], group: GroupFacts, release: DraftedRelease): Promise<NewReleaseEvent[]> {
    const groupId = group.group_id;
    switch (word) {
      case 'await': {
        const { approval_ticket: ticketId, requested_by: requestedBy, requested_by_type: requestedByType } = group;
        return decide({ type: 'AwaitGroup', groupId, ticketId, requestedBy, requestedByType }, release);
      }
      case 'turn':
        return decide({ type: 'TakeTurn', groupId, ticketId: group.approval_ticket, approvedBy: group.approved_by }, release);
      case 'leave':
        return decide({ type: 'LeaveGroup', groupId, reason: `release group ${groupId} is ${group.status.replaceAll('_', ' ')}` }, release);
      case 'take_back': {
        const { current, warnings } = await this.current.ofRollback(release);
        const { automatic, requested_by: requestedBy, reason } = group.rollback ?? { automatic: true, requested_by: '', reason: null };
        return decide({ type: 'TakeBackWithGroup', groupId, automatic, requestedBy, reason, current, warnings }, release);
      }
    }
  }
}
