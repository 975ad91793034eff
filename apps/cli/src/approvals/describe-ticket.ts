import type { Schemas } from '@slipway/api-client';
import type { Output } from '../output/output';
import { coloured, localTime, relative } from '../output/values';

type Ticket = Schemas['TicketView'] & Partial<Pick<Schemas['TicketDetail'], 'plan' | 'may_decide' | 'why_not'>>;

/** A ticket as an approver wants it: what is asked, why it is risky, who may decide until when, what will happen, what was said. */
export function describeTicket(output: Output, ticket: Ticket): void {
  if (output.json) return output.document(ticket);
  output.line(output.paint('bold', ticket.title));
  output.line(`  ticket    ${ticket.ticket_id}: ${coloured(output, ticket.status)}, ${ticket.approvals} of ${ticket.quorum} approvals`);
  if (ticket.ended_because) output.line(`            because ${ticket.ended_because}`);
  output.line(`  about     ${ticket.resource_type} ${ticket.resource_id} (${aboutOf(ticket)})`);
  output.line(`  content   ${ticket.preview_ref}`);
  output.line(`  risk      ${coloured(output, ticket.risk)}   priority ${ticket.priority}   expires ${relative(ticket.expires_at)}`);
  for (const reason of ticket.risk_reasons) output.line(`            - ${reason}`);
  output.line(`  needs     ${needsOf(ticket)}`);
  if (ticket.rule) output.line(`  rule      ${ticket.rule}`);
  if (ticket.assignee) output.line(`  assignee  ${ticket.assignee}`);
  if (ticket.why_not) output.line(`  you       ${output.paint('yellow', ticket.why_not)}`);
  describePlan(output, ticket);
  for (const act of ticket.actions) {
    const inPlace = act.action === 'reviewed' || act.action === 'approved' ? 'in place of ' : '';
    const people = act.people.length > 0 ? ` (${inPlace}${act.people.join(', ')})` : '';
    output.line(`  ${localTime(act.at)}  ${act.action} by ${act.actor_id}${people}${act.comment ? `: ${act.comment}` : ''}`);
  }
}

const aboutOf = ({ act, service_name, artifact_version, environment_name }: Ticket): string =>
  [act, service_name, artifact_version, environment_name && `in ${environment_name}`].filter(Boolean).join(' ');

const needsOf = ({ required_permission, required_role, approvers, four_eyes }: Ticket): string =>
  [
    required_permission,
    required_role && `role ${required_role}`,
    approvers.length > 0 && `one of ${approvers.join(', ')}`,
    four_eyes && 'not the requester',
  ]
    .filter(Boolean)
    .join(', ');

function describePlan(output: Output, { plan }: Ticket): void {
  if (!plan) return;
  for (const { ordinal, verb, kind, name, summary, one_way } of plan.actions) {
    const oneWay = one_way ? output.paint('red', '  cannot be undone') : '';
    output.line(`  ${String(ordinal).padStart(2)}. ${verb.padEnd(8)} ${kind} ${name}: ${summary}${oneWay}`);
  }
  for (const { op, path } of plan.diff) output.line(`      ${op} ${path}`);
  for (const { result, name, message } of plan.checks.filter((check) => check.result !== 'pass')) {
    output.line(`  ${coloured(output, result)}  ${name}: ${message}`);
  }
}
