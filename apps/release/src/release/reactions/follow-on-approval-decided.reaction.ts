import { Injectable } from '@nestjs/common';
import { actionSubject, type EventOf } from '@slipway/contracts';
import { CommandRunner, serviceContext, type Recorded } from '@slipway/event-sourcing';
import type { Reaction } from '@slipway/projections-typeorm';
import { Clock } from '@slipway/service-kit';
import { BasisReader } from '../basis/basis.reader';
import type { GrantApproval, RefuseApproval, SlotReading } from '../domain/release.commands';
import { decide } from '../domain/release.decider';
import { releaseType } from '../domain/release.state';

type Decided = EventOf<'approval.approved' | 'approval.rejected' | 'approval.expired'>;

/** A ticket's end becomes the release's next step: of its apply, or of its rollback. */
@Injectable()
export class FollowOnApprovalDecidedReaction implements Reaction {
  readonly name = 'follow-on-approval-decided';
  readonly subjects = ['approval.approved', 'approval.rejected', 'approval.expired'].map(actionSubject);

  constructor(
    private readonly runner: CommandRunner,
    private readonly clock: Clock,
    private readonly basis: BasisReader,
  ) {}

  async react(cause: Recorded): Promise<void> {
    const event = cause.event as Decided;
    const { release_id } = event.detail;
    // Other resources ask the inbox, too; their owners follow their tickets.
    if (release_id === null) return;
    const ref = { projectId: event.project_id, type: 'release', id: release_id } as const;
    await this.runner.run(releaseType, ref, serviceContext(cause, 'release', this.name, this.clock), async (release) => {
      if (release.phase === 'none') return [];
      const { reading } = await this.basis.slot(event.project_id, release.subject.slot_id);
      return decide(commandOf(event, reading), release);
    });
  }
}

function commandOf(event: Decided, slot: SlotReading): GrantApproval | RefuseApproval {
  const ticketId = event.resource_id;
  const at = event.occurred_at;
  switch (event.action) {
    case 'approval.approved':
      return { type: 'GrantApproval', ticketId, previewRef: event.detail.preview_ref, approvedBy: event.detail.approved_by, slot };
    case 'approval.rejected':
      return { type: 'RefuseApproval', ticketId, why: 'rejected', by: event.detail.rejected_by, comment: event.detail.comment, at };
    case 'approval.expired':
      return { type: 'RefuseApproval', ticketId, why: 'expired', by: null, comment: null, at: event.detail.expired_at };
  }
}
