import type { EventEnvelope } from '../platform/envelope';
import type { SlipwayEvent } from '../platform/registry';
import { accessSummary } from './access-summary';
import { groupSummary } from './group-summary';

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
const because = (reason: string | null | undefined): string => (reason ? `: ${reason}` : '');
const through = (list: readonly string[]): string => list.join(', ');
/** The last of them, in whose place where that is not their own. */
const inPlaceOf = ({ in_place_of: of }: { in_place_of?: string }): string => (of === undefined ? '' : ` (in place of ${of})`);

/** One line for a person: what happened, in the words of the trade. Total: what it does not know, it calls by its action. */
export function summarise(event: EventEnvelope): string {
  try {
    return line(event as unknown as SlipwayEvent) ?? event.action;
  } catch {
    // An event of another schema version may lack what a line quotes; a read model must not stop at it.
    return event.action;
  }
}

function line(event: SlipwayEvent): string | undefined {
  switch (event.action) {
    case 'release.previewed': {
      const { subject, draft } = event.detail;
      const place = `${subject.service_name} ${subject.artifact_version} to ${subject.environment_name}/${subject.target_name}`;
      return `Previewed ${place}: ${draft.actions.length} actions, risk ${draft.risk.level}`;
    }
    case 'release.pending_approval':
      return `Waiting for approval: ${event.detail.approval.title}`;
    case 'release.awaiting_group':
      return 'Waiting for its group';
    case 'release.approved':
      if (!event.detail.automatic && event.detail.approved_by.length === 0) return 'Its turn in the group';
      return event.detail.automatic ? `Approved by policy: ${event.detail.rule}` : `Approved by ${through(event.detail.approved_by)}`;
    case 'release.rejected':
      return `Rejected by ${event.detail.rejected_by}${because(event.detail.comment)}`;
    case 'release.expired':
      return `The ${event.detail.what} expired`;
    case 'release.superseded':
      return event.detail.by_release_id === null ? `Superseded${because(event.detail.why)}` : `Superseded by ${event.detail.by_release_id}`;
    case 'release.cancelled':
      return `Cancelled${because(event.detail.reason)}`;
    case 'release.cancel_requested':
      return `Cancellation requested${because(event.detail.reason)}`;
    case 'release.applying':
      return 'Applying';
    case 'release.paused':
      return `Paused: ${event.detail.why}`;
    case 'release.resumed':
      return `Resumed${because(event.detail.reason)}`;
    case 'release.verifying':
      return 'Verifying what runs';
    case 'release.applied':
      return event.detail.changed
        ? `Applied${event.detail.url ? `, serving at ${event.detail.url}` : ''}`
        : 'Applied; nothing had to change';
    case 'release.failed':
      return `${event.detail.outcome === 'failed' ? 'Failed' : `Ended ${event.detail.outcome}`}: ${event.detail.diagnostics.summary}`;
    default:
      return afterwards(event);
  }
}

function afterwards(event: SlipwayEvent): string | undefined {
  switch (event.action) {
    case 'release.rollback_requested':
      return `${event.detail.automatic ? 'Automatic rollback' : `Rollback by ${event.detail.requested_by}`} to ${event.detail.to_artifact_version}${because(event.detail.reason)}`;
    case 'release.rollback_approved':
      return `Rollback approved by ${through(event.detail.approved_by)}`;
    case 'release.rollback_rejected':
      return `Rollback ${event.detail.why}${because(event.detail.comment)}`;
    case 'release.rolling_back':
      return `Rolling back to ${event.detail.to_artifact_version}`;
    case 'release.rollback_completed':
      return `Rolled back to ${event.detail.to_artifact_version}${event.detail.within_time_bound ? '' : ', later than the time bound'}`;
    case 'release.rollback_failed':
      return `Rollback ended ${event.detail.outcome}: ${event.detail.diagnostics.summary}`;
    case 'approval.opened':
      return `Approval requested: ${event.detail.request.title}`;
    case 'approval.reviewed':
      return `Reviewed by ${event.detail.reviewer}${inPlaceOf(event.detail)}, ${event.detail.approvals} of ${event.detail.quorum}${because(event.detail.comment)}`;
    case 'approval.approved':
      return `Ticket approved by ${through(event.detail.approved_by)}${inPlaceOf(event.detail)}${because(event.detail.comment)}`;
    case 'approval.rejected':
      return `Ticket rejected by ${event.detail.rejected_by}${because(event.detail.comment)}`;
    case 'approval.expired':
      return 'Ticket expired';
    case 'approval.voided':
      return `Ticket voided: ${event.detail.why}`;
    case 'approval.assigned':
      return event.detail.assignee ? `Ticket assigned to ${event.detail.assignee}` : 'Ticket assigned to nobody';
    case 'approval.delegated':
      return `${event.detail.from} lets ${event.detail.to} decide${because(event.detail.comment)}`;
    case 'approval.commented':
      return `Comment: ${event.detail.comment}`;
    case 'approval.reminded':
      return `Reminded: the ticket expires at ${event.detail.expires_at}`;
    case 'approval.escalated':
      return `Escalated to ${event.detail.priority}: nobody answered until ${event.detail.sla_due_at}`;
    default:
      return atTheTarget(event);
  }
}

function atTheTarget(event: SlipwayEvent): string | undefined {
  switch (event.action) {
    case 'execution.claimed':
      return `Claimed by ${event.detail.executor_id}, attempt ${event.detail.attempt}`;
    case 'execution.waiting':
      return `Waiting: ${event.detail.why}${event.detail.next_open ? `; opens ${event.detail.next_open}` : ''}`;
    case 'execution.started':
      return `Execution started: ${counted(event.detail.steps.length, 'step')}`;
    case 'execution.step_started':
      return `Step ${event.detail.ordinal} started: ${event.detail.title}`;
    case 'execution.step_succeeded':
      return `Step ${event.detail.ordinal} succeeded: ${event.detail.title}`;
    case 'execution.step_failed':
      return `Step ${event.detail.ordinal} ${event.detail.outcome}: ${event.detail.title}: ${event.detail.summary}`;
    case 'execution.paused':
      return `Paused at step ${event.detail.ordinal}: ${event.detail.why}`;
    case 'execution.resumed':
      return `Resumed by ${event.detail.by}`;
    case 'execution.verifying':
      return 'Verifying what runs';
    case 'execution.succeeded':
      return event.detail.changed ? 'Execution succeeded' : 'Execution succeeded; nothing had to change';
    case 'execution.failed':
      return `Execution ${event.detail.outcome}: ${event.detail.diagnostics.summary}`;
    case 'execution.abandoned':
      return `Execution abandoned: ${event.detail.why}`;
    case 'slot.deployed':
      return `${event.detail.service_name} ${event.detail.artifact_version} runs in the slot`;
    case 'slot.restored':
      return `${event.detail.service_name} ${event.detail.artifact_version} restored to the slot${event.detail.hold ? ', held' : ''}`;
    case 'slot.held':
      return `Slot held by ${event.detail.by}: ${event.detail.reason}`;
    case 'slot.resumed':
      return `Slot resumed by ${event.detail.by}${because(event.detail.reason)}`;
    case 'slot.drifted':
      return `Drift: ${counted(event.detail.findings.length, 'finding')}`;
    case 'slot.healed':
      return `Drift healed: ${event.detail.how}`;
    default:
      return catalogue(event);
  }
}

function catalogue(event: SlipwayEvent): string | undefined {
  switch (event.action) {
    case 'artifact.registered':
      return `Artifact ${event.detail.version} registered`;
    case 'change.recorded':
      return `Change recorded at ${event.detail.source_revision}: ${event.detail.summary}`;
    case 'environment.policy_changed':
      return `Policy changed: ${event.detail.reason}`;
    case 'policy.approval_requested':
      return `Asked for approval: ${event.detail.approval.title}`;
    case 'policy.approval_withdrawn':
      return `Change of policy withdrawn: ${event.detail.why}`;
    case 'policy.applied':
      return `Change of policy approved by ${through(event.detail.approved_by)}: version ${event.detail.version}`;
    case 'policy.refused':
      return `Change of policy ${event.detail.why}${because(event.detail.comment)}`;
    case 'gate.window_set':
      return `Freeze window '${event.detail.window.name}' of the ${event.detail.scope} set: ${event.detail.window.reason}`;
    case 'gate.window_removed':
      return `Freeze window '${event.detail.name}' removed${because(event.detail.reason)}`;
    case 'gate.stopped':
      return `Line of the ${event.detail.scope} stopped: ${event.detail.reason}`;
    case 'gate.resumed':
      return `Line resumed by ${event.detail.by}${because(event.detail.reason)}`;
    case 'target.updated':
      return 'Connection of the target changed';
    case 'target.credential_rotated':
      if (event.detail.credential) return 'Credential of the target rotated';
      return `Login for the target's Prometheus ${event.detail.prometheus_credential === null ? 'taken away' : 'rotated'}`;
    case 'project.updated':
    case 'environment.updated':
    case 'service.updated':
      return `${event.resource_type} renamed to '${event.detail.title}'`;
    case 'environment.deleted':
    case 'target.deleted':
    case 'service.deleted':
      return `${event.resource_type} deleted${because(event.detail.reason)}`;
    case 'project.created':
    case 'environment.created':
    case 'target.created':
    case 'service.created':
      return `${event.resource_type} '${event.detail.name}' created`;
    default:
      return commandCentre(event);
  }
}

function commandCentre(event: SlipwayEvent): string | undefined {
  switch (event.action) {
    case 'intent.proposed':
      return `Proposed: ${event.detail.proposal.title}`;
    case 'intent.answered':
      return `Answered: ${event.detail.asked.utterance ?? event.detail.asked.understood?.kind ?? 'a question'}`;
    case 'intent.clarification_asked':
      return `Asked back: ${event.detail.question.text}`;
    case 'intent.confirmed':
      return `Confirmed by ${event.detail.confirmed_by}`;
    case 'intent.cancelled':
      return `Proposal withdrawn${because(event.detail.reason)}`;
    case 'intent.expired':
      return 'The proposal expired';
    default:
      return accessSummary(event) ?? groupSummary(event) ?? notification(event);
  }
}

function notification(event: SlipwayEvent): string | undefined {
  switch (event.action) {
    case 'subscription.created':
      return `Subscription '${event.detail.name}' of ${event.detail.owner.kind} ${event.detail.owner.ref} created`;
    case 'subscription.paused':
      return `Subscription paused${because(event.detail.reason)}`;
    case 'subscription.removed':
      return `Subscription removed${because(event.detail.reason)}`;
    case 'subscription.replay_requested':
      return 'Deliveries sent again';
    default:
      return undefined;
  }
}
