import {
  Closed,
  DigestSchema,
  ENVIRONMENT_TYPES,
  IdSchema,
  NameSchema,
  Nullable,
  RISK_LEVELS,
  Text,
  TICKET_STATUSES,
  TimestampSchema,
  type Page,
  type TicketEntry,
  type TicketView,
} from '@slipway/contracts';
import { Type, type Static } from 'typebox';
import { CursorInput, LimitInput, NextCursor, ProjectInput } from './find.tools';
import { defineTool, type Tool } from './tool';
import { cleanText, Untrusted } from './untrusted';

export const TicketBriefSchema = Closed({
  ticket_id: IdSchema,
  status: Type.Enum([...TICKET_STATUSES]),
  act: Text(30),
  release_id: Nullable(IdSchema),
  preview_ref: Nullable(DigestSchema),
  service: Nullable(NameSchema),
  artifact_version: Nullable(Text(128)),
  environment: Nullable(NameSchema),
  environment_type: Nullable(Type.Enum([...ENVIRONMENT_TYPES])),
  risk: Type.Enum([...RISK_LEVELS]),
  priority: Type.Enum(['P0', 'P1', 'P2', 'P3']),
  approvals: Type.Integer(),
  quorum: Type.Integer(),
  requested_by: Text(200),
  requested_at: TimestampSchema,
  expires_at: Nullable(TimestampSchema),
  untrusted_title: Untrusted('title', 300),
});
type TicketBrief = Static<typeof TicketBriefSchema>;

export const ticketBrief = (view: TicketView | TicketEntry): TicketBrief => ({
  ticket_id: view.ticket_id,
  status: view.status,
  act: view.act,
  release_id: view.release_id,
  preview_ref: view.preview_ref,
  service: view.service_name,
  artifact_version: view.artifact_version,
  environment: view.environment_name,
  environment_type: view.environment_type,
  risk: view.risk,
  priority: view.priority,
  approvals: view.approvals,
  quorum: view.quorum,
  requested_by: view.requested_by,
  requested_at: view.requested_at,
  expires_at: view.expires_at,
  untrusted_title: cleanText(view.title, 300),
});

export const inboxTools: readonly Tool[] = [
  defineTool({
    name: 'find_tickets',
    title: 'Approval inbox',
    description: 'Lists approval requests, newest first. People decide them in the inbox; no tool can. Filter mine: asked by you.',
    effect: 'read',
    routes: ['listTickets'],
    input: Closed({ ...ProjectInput, filter: Type.Optional(Type.Enum(['mine', 'pending', 'all'])), ...LimitInput, ...CursorInput }),
    output: Closed({ tickets: Type.Array(TicketBriefSchema, { maxItems: 50 }), ...NextCursor }),
    run: async ({ limit = 20, filter = 'pending', ...rest }, bench) => {
      const page = await bench.call<Page<TicketEntry>>('listTickets', { query: { limit, filter, ...rest } });
      return { tickets: page.items.map(ticketBrief), next_cursor: page.next_cursor };
    },
  }),
  defineTool({
    name: 'describe_ticket',
    title: 'Describe an approval request',
    description: 'One approval request with what was done to it and the comments of reviewers.',
    effect: 'read',
    routes: ['getTicket'],
    input: Closed({ ticket_id: IdSchema, ...ProjectInput }),
    output: Closed({
      ticket: TicketBriefSchema,
      decided_by: Type.Array(Text(200), { maxItems: 20 }),
      untrusted_summary: Untrusted('title', 2000),
      actions: Type.Array(
        Closed({
          action: Text(30),
          actor_id: Text(200),
          actor_type: Type.Enum(['human', 'agent', 'service']),
          at: TimestampSchema,
          untrusted_comment: Nullable(Untrusted('comment', 1000)),
        }),
        { maxItems: 50 },
      ),
    }),
    run: async ({ ticket_id: id, ...query }, bench) => {
      const view = await bench.call<TicketView>('getTicket', { params: { id }, query });
      return {
        ticket: ticketBrief(view),
        decided_by: view.decided_by.slice(0, 20),
        untrusted_summary: cleanText(view.summary, 2000),
        actions: view.actions.slice(-50).map(({ action, actor_id, actor_type, at, comment }) => ({
          action,
          actor_id,
          actor_type,
          at,
          untrusted_comment: comment === null ? null : cleanText(comment, 1000),
        })),
      };
    },
  }),
];
