import type { Schemas } from '@slipway/api-client';
import type { Output } from '../output/output';
import { coloured, localTime, orDash, relative } from '../output/values';
import { describePreview } from '../release/describe-preview';

export type GroupView = Schemas['GroupView'];

export const GROUP_HEADING = ['GROUP', 'MEMBERS', 'ENVIRONMENT', 'STATUS', 'BY', 'UPDATED'];
export const groupRow = (output: Output, view: GroupView): string[] => [
  view.group_id,
  view.members.map(({ service_name, artifact_version }) => `${service_name} ${artifact_version}`).join(', '),
  view.environment_name,
  coloured(output, view.status),
  view.requested_by,
  relative(view.updated_at),
];

/** One release group and where each of its members is, for a person. */
export function describeGroup(output: Output, view: GroupView): void {
  const approvers = view.approved_by.length > 0 ? `, by ${view.approved_by.join(', ')}` : '';
  const rows: [string, string | null][] = [
    ['group', view.group_id],
    ['status', `${coloured(output, view.status)} (${view.lifecycle_state})${view.cancel_requested ? ', cancellation requested' : ''}`],
    ['where', view.environment_name],
    ['requested', `by ${view.requested_by} (${view.requested_by_type}) at ${localTime(view.previewed_at)}`],
    ['reason', view.reason],
    ['approval', view.approval_required ? `${orDash(view.approval_ticket)}${approvers}` : 'not required'],
    ['preview', view.preview_ref],
    ['diagnostics', view.diagnostics_json?.summary ?? null],
  ];
  for (const [name, value] of rows) if (value !== null) output.line(`${name.padEnd(12)}${value}`);
  const { rollback } = view;
  if (rollback) {
    const how = rollback.automatic ? 'automatic' : `by ${rollback.requested_by}`;
    output.line(`${'rollback'.padEnd(12)}${coloured(output, rollback.status)}, ${how}${rollback.reason ? `: ${rollback.reason}` : ''}`);
  }
  for (const member of view.members) {
    const what = `${member.service_name} ${member.artifact_version} -> ${member.target_name}`;
    output.line(`${`${member.ordinal}.`.padEnd(12)}${coloured(output, member.status)}  ${what}  ${member.release_id}`);
  }
}

/** The draft of all: every member's own, one behind the other, then what holds for the group. */
export function describeGroupPreview(output: Output, view: Schemas['GroupPreviewView']): void {
  for (const release of view.releases) {
    describePreview(output, release);
    output.line();
  }
  const { risk, approval, checks, expires_at } = view.preview;
  output.line(output.paint('bold', `As one: ${view.members.length} releases to ${view.environment_name}, in this order`));
  output.line(`  group     ${view.group_id}`);
  output.line(`  risk      ${coloured(output, risk.level)}`);
  const need = approval.required
    ? `${approval.quorum} with ${approval.permission}${approval.four_eyes ? ', not the requester' : ''}`
    : 'none';
  output.line(`  approval  ${need} (${approval.rule})`);
  output.line(`  expires   ${relative(expires_at)}`);
  for (const check of checks) output.line(`  ${coloured(output, check.result)}  ${check.name}: ${check.message}`);
}
