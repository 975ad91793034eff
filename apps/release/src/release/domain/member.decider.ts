import type { NewReleaseEvent } from '@slipway/contracts';
import { cancel } from './cancel.decider';
import type { AwaitGroup, LeaveGroup, TakeBackWithGroup, TakeTurn } from './release.commands';
import { emit } from './release.emit';
import type { DraftedRelease } from './release.state';
import { requested, restorable } from './rollback.decider';

type Events = NewReleaseEvent[];
export type GroupCommand = AwaitGroup | TakeTurn | LeaveGroup | TakeBackWithGroup;

/** What a release does with its group (ADR 0028). Another group's word, or one whose time has passed, changes nothing. */
export function followGroup(command: GroupCommand, release: DraftedRelease): Events {
  if (release.subject.group_id !== command.groupId) return [];
  switch (command.type) {
    case 'AwaitGroup':
      return release.phase === 'previewed' ? awaitGroup(command, release) : [];
    case 'TakeTurn':
      return release.phase === 'pending_approval' ? takeTurn(command, release) : [];
    case 'LeaveGroup':
      return mayLeave(release) ? cancel(release, command.reason) : [];
    case 'TakeBackWithGroup':
      return takeBack(command, release);
  }
}

function awaitGroup({ groupId, ticketId, requestedBy, requestedByType }: AwaitGroup, release: DraftedRelease): Events {
  return emit(release, 'release.awaiting_group', 'pending_approval', {
    group_id: groupId,
    ticket_id: ticketId,
    slot_id: release.subject.slot_id,
    apply_requested_by: requestedBy,
    requested_by_type: requestedByType,
  });
}

function takeTurn({ ticketId, approvedBy }: TakeTurn, release: DraftedRelease): Events {
  const detail = { ticket_id: ticketId, approved_by: [...approvedBy], rule: release.draft.approval.rule, slot_id: release.subject.slot_id };
  return emit(release, 'release.approved', 'approved', { automatic: false, ...detail });
}

const mayLeave = ({ phase }: DraftedRelease): boolean =>
  phase === 'previewed' || phase === 'pending_approval' || phase === 'approved' || phase === 'applying' || phase === 'verifying';

/** The approval, where one was needed, was the group's. A person's rollback holds the slot, as that of a single release does. */
function takeBack(command: TakeBackWithGroup, release: DraftedRelease): Events {
  const revocable = release.phase === 'applied' || release.phase === 'failed' || release.phase === 'rollback_failed';
  if (!revocable || release.rollback) return [];
  const to = restorable(release, command.current.slot);
  if (typeof to === 'string') return [];
  return emit(release, 'release.rollback_requested', release.phase, {
    ...requested(release, to, command.current),
    automatic: command.automatic,
    reason: command.reason,
    requested_by: command.requestedBy,
    approval: null,
    warnings: [...command.warnings],
  });
}
