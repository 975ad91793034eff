import type { operations } from '@slipway/api-client';
import type { Command } from 'commander';
import { action, once } from '../command';
import type { Context } from '../context';
import { list, paged, type ListOptions, type PageQuery } from '../output/lists';
import { coloured, orDash, relative } from '../output/values';
import { describeTicket } from './describe-ticket';

type Filters = NonNullable<operations['listTickets']['parameters']['query']>;
interface TicketListOptions extends ListOptions {
  readonly filter: NonNullable<Filters['filter']>;
  readonly sort: NonNullable<Filters['sort']>;
  readonly search?: string;
  readonly assignee?: string;
  readonly requestedBy?: string;
}

/** The approval inbox. */
export function approvalCommands(root: Command): void {
  const approvals = root.command('approvals').description('the approval inbox');
  paged(approvals.command('list').description('tickets that wait for a decision'), 50)
    .option('--filter <which>', 'decidable, mine, pending or all', 'pending')
    .option('--sort <by>', 'newest, oldest, priority, risk, expiry or sla', 'newest')
    .option('--search <words>', 'words of title, summary, names and people')
    .option('--assignee <who>', 'assigned to')
    .option('--requested-by <who>', 'asked for by')
    .action(action<TicketListOptions>(listTickets));
  approvals
    .command('show <ticket>')
    .description('one ticket: what will happen, who may decide until when, and its history')
    .action(
      action(async ({ client, output, namedProject }, id) => {
        const { data } = await client.GET('/api/v1/approvals/inbox/{id}', { params: { path: { id }, query: { project: namedProject } } });
        describeTicket(output, data!);
      }),
    );
  for (const verdict of ['approve', 'reject'] as const) {
    approvals
      .command(`${verdict} <ticket>`)
      .description(verdict === 'approve' ? 'approve; never one’s own request' : 'reject; ends the request')
      .option('-c, --comment <text>', 'what the requester should know')
      .action(action<{ comment?: string }>((context, id, { comment }) => decide(context, id, verdict, comment)));
  }
  collaborationCommands(approvals);
}

function collaborationCommands(approvals: Command): void {
  approvals
    .command('assign <ticket>')
    .description('say who looks at it; who may decide stays as it is')
    .option('--to <who>', 'nobody, unless given')
    .option('-c, --comment <text>')
    .action(
      action<{ to?: string; comment?: string }>(async (context, id, { to, comment }) => {
        const { client, output } = context;
        const body = { assignee: to ?? null, comment };
        const { data } = await client.POST('/api/v1/approvals/inbox/{id}/assign', { params: paramsOf(context, id), body });
        describeTicket(output, data!);
      }),
    );
  approvals
    .command('delegate <ticket>')
    .description('let someone else decide in your place; together you have one approval')
    .requiredOption('--to <who>', 'who decides')
    .option('-c, --comment <text>')
    .action(
      action<{ to: string; comment?: string }>(async (context, id, { to, comment }) => {
        const { client, output } = context;
        const { data } = await client.POST('/api/v1/approvals/inbox/{id}/delegate', {
          params: paramsOf(context, id),
          body: { to, comment },
        });
        describeTicket(output, data!);
      }),
    );
  approvals
    .command('comment <ticket>')
    .description('say something about it; @name mentions somebody')
    .requiredOption('-m, --message <text>')
    .action(
      action<{ message: string }>(async (context, id, { message }) => {
        const { client, output } = context;
        const { data } = await client.POST('/api/v1/approvals/inbox/{id}/comment', {
          params: paramsOf(context, id),
          body: { comment: message },
        });
        describeTicket(output, data!);
      }),
    );
}

const paramsOf = ({ namedProject }: Context, id: string) => ({ path: { id }, query: { project: namedProject }, header: once() });

async function listTickets({ client, output, namedProject }: Context, _: string, options: TicketListOptions): Promise<void> {
  const { filter, sort, search: q, assignee, requestedBy: requested_by } = options;
  const wanted = { filter, sort, q, assignee, requested_by, project: namedProject };
  const read = (which: PageQuery) => client.GET('/api/v1/approvals/inbox', { params: { query: { ...wanted, ...which } } });
  await list(output, options, read, (tickets) =>
    output.table(
      ['TICKET', 'WHAT', 'PRIORITY', 'RISK', 'REQUESTED BY', 'ASSIGNEE', 'STATUS', 'SLA', 'EXPIRES'],
      tickets.map((ticket) => [
        ticket.ticket_id,
        ticket.title,
        ticket.priority,
        coloured(output, ticket.risk),
        ticket.requested_by,
        orDash(ticket.assignee),
        coloured(output, ticket.status),
        ticket.sla_state,
        relative(ticket.expires_at),
      ]),
    ),
  );
}

async function decide(context: Context, id: string, verdict: 'approve' | 'reject', comment: string | undefined): Promise<void> {
  const { client, output } = context;
  const { data } = await client.POST(`/api/v1/approvals/inbox/{id}/${verdict}`, { params: paramsOf(context, id), body: { comment } });
  describeTicket(output, data!);
}
