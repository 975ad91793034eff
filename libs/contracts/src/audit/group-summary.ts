import type { SlipwayEvent } from '../platform/registry';

const because = (reason: string | null | undefined): string => (reason ? `: ${reason}` : '');
const through = (list: readonly string[]): string => list.join(', ');

/** Lines of release groups; undefined for what is none of theirs. */
export function groupSummary(event: SlipwayEvent): string | undefined {
  switch (event.action) {
    case 'group.previewed': {
      const members = event.detail.draft.members.map(({ service_name, artifact_version }) => `${service_name} ${artifact_version}`);
      return `Previewed together: ${through(members)} to ${event.detail.subject.environment_name}, risk ${event.detail.draft.risk.level}`;
    }
    case 'group.approval_requested':
      return `Waiting for approval: ${event.detail.approval.title}`;
    case 'group.approval_withdrawn':
      return `Approval needed no more: ${event.detail.why}`;
    case 'group.approved':
      return event.detail.automatic ? `Approved by policy: ${event.detail.rule}` : `Approved by ${through(event.detail.approved_by)}`;
    case 'group.rejected':
      return `Rejected by ${event.detail.rejected_by}${because(event.detail.comment)}`;
    case 'group.expired':
      return `The ${event.detail.what} expired`;
    case 'group.cancelled':
      return `Cancelled${because(event.detail.reason)}`;
    case 'group.cancel_requested':
      return `Cancellation requested${because(event.detail.reason)}`;
    case 'group.applying':
      return `Applying ${event.detail.release_ids.length} releases, one after the other`;
    case 'group.applied':
      return 'Applied: every slot runs what the group brought';
    case 'group.failed':
      return `${event.detail.outcome === 'failed' ? 'Failed' : `Ended ${event.detail.outcome}`}: ${event.detail.diagnostics.summary}`;
    case 'group.rollback_rejected':
      return `Rollback ${event.detail.why}${because(event.detail.comment)}`;
    case 'group.rolling_back':
      return `${event.detail.automatic ? 'Automatic rollback' : `Rollback by ${event.detail.requested_by}`} of all${because(event.detail.reason)}`;
    case 'group.rolled_back':
      return 'Rolled back: everything runs as before';
    case 'group.rollback_failed':
      return `Rollback incomplete: ${event.detail.diagnostics.summary}`;
    default:
      return undefined;
  }
}
