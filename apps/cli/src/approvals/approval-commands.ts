import type { Schemas } from '@slipway/api-client';
import type { Command } from 'commander';
import { action, once } from '../command';
import type { Context } from '../context';
import type { Output } from '../output/output';
import { coloured, localTime, relative } from '../output/values';

type Ticket = Schemas['TicketView'];

/** The approval inbox. */
export function approvalCommands(root: Command): void {
  const approvals = root.command('approvals').description('the approval inbox');
  approvals
    .command('list')
    .description('tickets that wait for a decision')
    .option('--filter <which>', 'pending, mine or all', 'pending')
    .action(
      action<{ filter: 'pending' | 'mine' | 'all' }>(async ({ client, output, namedProject }, _, { filter }) => {
        const { data } = await client.GET('/api/v1/approvals/inbox', { params: { query: { filter, project: namedProject } } });
        if (output.json) return output.document(data);
        const rows = data!.items.map((ticket) => [
          ticket.ticket_id,
          ticket.title,
          coloured(output, ticket.risk),
          ticket.requested_by,
          coloured(output, ticket.status),
          relative(ticket.expires_at),
        ]);
        output.table(['TICKET', 'WHAT', 'RISK', 'REQUESTED BY', 'STATUS', 'EXPIRES'], rows);
      }),
    );
  approvals
    .command('show <ticket>')
    .description('one ticket with its history')
    .action(
      action(async ({ client, output, namedProject }, id) => {
        const { data } = await client.GET('/api/v1/approvals/inbox/{id}', { params: { path: { id }, query: { project: namedProject } } });
        describe(output, data!);
      }),
    );
  for (const verdict of ['approve', 'reject'] as const) {
    approvals
      .command(`${verdict} <ticket>`)
      .description(verdict === 'approve' ? 'approve; never one’s own request' : 'reject; ends the request')
      .option('-c, --comment <text>', 'what the requester should know')
      .action(action<{ comment?: string }>((context, id, { comment }) => decide(context, id, verdict, comment)));
  }
}

async function decide(
  { client, output, namedProject }: Context,
  id: string,
  verdict: 'approve' | 'reject',
  comment: string | undefined,
): Promise<void> {
  const params = { path: { id }, query: { project: namedProject }, header: once() };
  const { data } = await client.POST(`/api/v1/approvals/inbox/{id}/${verdict}`, { params, body: { comment } });
  describe(output, data!);
}

function describe(output: Output, ticket: Ticket): void {
  if (output.json) return output.document(ticket);
  output.line(output.paint('bold', ticket.title));
  output.line(`  ticket    ${ticket.ticket_id}: ${coloured(output, ticket.status)}, ${ticket.approvals} of ${ticket.quorum} approvals`);
  output.line(
    `  release   ${ticket.release_id} (${ticket.act} ${ticket.service_name} ${ticket.artifact_version} in ${ticket.environment_name})`,
  );
  output.line(`  preview   ${ticket.preview_ref}`);
  output.line(`  risk      ${coloured(output, ticket.risk)}   priority ${ticket.priority}   expires ${relative(ticket.expires_at)}`);
  output.line(`  needs     ${ticket.required_permission}${ticket.four_eyes ? ', not the requester' : ''}`);
  for (const act of ticket.actions)
    output.line(`  ${localTime(act.at)}  ${act.action} by ${act.actor_id}${act.comment ? `: ${act.comment}` : ''}`);
}
