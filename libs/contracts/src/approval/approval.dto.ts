import { Type, type Static, type TInteger } from 'typebox';
import { Closed, Nullable, Text } from '../platform/envelope';
import { ENVIRONMENT_TYPES } from '../platform/lifecycle';
import { DigestSchema, IdSchema, NameSchema, RefSchema, TimestampSchema } from '../platform/names';
import { PERMISSIONS } from '../platform/permissions';
import { RISK_LEVELS } from '../release/draft';
import { ApprovalPlanSchema } from './approval-contract';
import { APPROVAL_ACTS, PRIORITIES } from './approval-request';
import { TICKET_STATUSES } from './approval.events';

const CommentText = Text(2000, { minLength: 1 });
const Person = Text(200, { minLength: 1, description: 'An actor id' });

export const DecideTicketSchema = Closed({ comment: Type.Optional(Text(2000)) });
export type DecideTicket = Static<typeof DecideTicketSchema>;
export const CommentTicketSchema = Closed({ comment: CommentText });
export type CommentTicket = Static<typeof CommentTicketSchema>;
/** `assignee: null` takes the assignment away. */
export const AssignTicketSchema = Closed({ assignee: Nullable(Person), comment: Type.Optional(Text(2000)) });
export type AssignTicket = Static<typeof AssignTicketSchema>;
export const DelegateTicketSchema = Closed({ to: Person, comment: Type.Optional(Text(2000)) });
export type DelegateTicket = Static<typeof DelegateTicketSchema>;

export const TICKET_ACTIONS = [
  'opened',
  'reviewed',
  'approved',
  'rejected',
  'expired',
  'voided',
  'assigned',
  'delegated',
  'commented',
  'reminded',
  'escalated',
] as const;
export const TicketActionSchema = Closed({
  action: Type.Enum([...TICKET_ACTIONS]),
  actor_id: Type.String(),
  actor_type: Type.Enum(['human', 'agent', 'service']),
  comment: Nullable(Type.String()),
  /** Whom it concerns: the assignee, the delegate, who was mentioned, or in whose place it was approved. */
  people: Type.Array(Type.String()),
  at: TimestampSchema,
});

export const SLA_STATES = ['none', 'on_track', 'at_risk', 'missed', 'met'] as const;
export type SlaState = (typeof SLA_STATES)[number];
export const OUTCOMES_OF_TICKETS = ['succeeded', 'failed', 'rolled_back', 'superseded', 'cancelled'] as const;

export const TicketViewSchema = Closed({
  ticket_id: IdSchema,
  status: Type.Enum([...TICKET_STATUSES]),
  act: Type.Enum([...APPROVAL_ACTS]),
  resource_type: Type.String(),
  resource_id: IdSchema,
  release_id: Nullable(IdSchema),
  preview_ref: DigestSchema,
  project_id: Type.String(),
  team_id: Type.String(),
  environment_id: Type.String(),
  environment_name: Nullable(NameSchema),
  environment_type: Nullable(Type.Enum([...ENVIRONMENT_TYPES])),
  service_name: Nullable(NameSchema),
  artifact_version: Nullable(Type.String()),
  title: Type.String(),
  summary: Type.String(),
  risk: Type.Enum([...RISK_LEVELS]),
  risk_reasons: Type.Array(Type.String()),
  priority: Type.Enum([...PRIORITIES]),
  required_permission: Type.Enum([...PERMISSIONS]),
  required_role: Nullable(Type.String()),
  approvers: Type.Array(Type.String()),
  rule: Nullable(Type.String()),
  policy_version: Nullable(Type.Integer()),
  quorum: Type.Integer(),
  approvals: Type.Integer(),
  approved_by: Type.Array(Type.String()),
  four_eyes: Type.Boolean(),
  requested_by: Type.String(),
  requested_by_type: Type.Enum(['human', 'agent', 'service']),
  previewed_by: Type.String(),
  requested_at: TimestampSchema,
  expires_at: Nullable(TimestampSchema),
  reminder_at: Nullable(TimestampSchema),
  sla_due_at: Nullable(TimestampSchema),
  assignee: Nullable(Type.String()),
  delegates: Type.Array(Type.String()),
  mentions: Type.Array(Type.String()),
  escalated_at: Nullable(TimestampSchema),
  escalated_to_role: Nullable(Type.String()),
  decided_at: Nullable(TimestampSchema),
  decided_by: Type.Array(Type.String()),
  /** Why it ended without a decision. */
  ended_because: Nullable(Type.String()),
  actions: Type.Array(TicketActionSchema),
  version: Type.Integer(),
});
export type TicketView = Static<typeof TicketViewSchema>;

/** One ticket as somebody looks at it now: what will happen, who may decide, and how much time is left. */
export const TicketDetailSchema = Closed({
  ...TicketViewSchema.properties,
  plan: Nullable(ApprovalPlanSchema),
  may_decide: Type.Boolean(),
  why_not: Nullable(Type.String()),
  sla_state: Type.Enum([...SLA_STATES]),
  expires_in_s: Nullable(Type.Integer({ minimum: 0 })),
});
export type TicketDetail = Static<typeof TicketDetailSchema>;

const { actions: _history, mentions: _mentions, ...asListed } = TicketViewSchema.properties;
/**
 * An entry of the inbox, without the ticket's history: `comments` says how many there are. `outcome`: what became of what was approved; null
 * while it is not known.
 */
export const TicketEntrySchema = Closed({
  ...asListed,
  comments: Type.Integer({ minimum: 0 }),
  sla_state: Type.Enum([...SLA_STATES]),
  expires_in_s: Nullable(Type.Integer({ minimum: 0 })),
  outcome: Nullable(Type.Enum([...OUTCOMES_OF_TICKETS])),
});
export type TicketEntry = Static<typeof TicketEntrySchema>;

const filters = {
  /** `decidable`: what the caller may decide now; `mine`: that, and what concerns them, whatever became of it. */
  filter: Type.Optional(Type.Enum(['decidable', 'mine', 'pending', 'all'])),
  project: Type.Optional(RefSchema),
  team: Type.Optional(IdSchema),
  environment: Type.Optional(IdSchema),
  act: Type.Optional(Type.Enum([...APPROVAL_ACTS])),
  status: Type.Optional(Type.Enum([...TICKET_STATUSES])),
  risk: Type.Optional(Type.Enum([...RISK_LEVELS])),
  priority: Type.Optional(Type.Enum([...PRIORITIES])),
  sla_state: Type.Optional(Type.Enum([...SLA_STATES])),
  requested_by: Type.Optional(Text(200)),
  assignee: Type.Optional(Text(200)),
  q: Type.Optional(Text(200, { description: 'Words of title, summary, names and people; the last may be cut short' })),
};
export const TICKET_SORTS = ['newest', 'oldest', 'priority', 'risk', 'expiry', 'sla'] as const;
export type TicketSort = (typeof TICKET_SORTS)[number];
export const ListTicketsSchema = Closed({
  ...filters,
  sort: Type.Optional(Type.Enum([...TICKET_SORTS])),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  cursor: Type.Optional(Text(200)),
});
export type ListTickets = Static<typeof ListTicketsSchema>;
export const CountTicketsSchema = Closed(filters);
export type CountTickets = Static<typeof CountTicketsSchema>;

const Counts = <K extends string>(keys: readonly K[]) =>
  Closed(Object.fromEntries(keys.map((key) => [key, Type.Integer()])) as Record<K, TInteger>);
/** How many tickets each filter holds within the other dimensions that the request names. */
export const TicketCountsSchema = Closed({
  decidable: Type.Integer(),
  mine: Type.Integer(),
  pending: Type.Integer(),
  all: Type.Integer(),
  /** Of the tickets that the request selects: */
  by_status: Counts(TICKET_STATUSES),
  by_priority: Counts(PRIORITIES),
  by_risk: Counts(RISK_LEVELS),
  by_sla_state: Counts(SLA_STATES),
});
export type TicketCounts = Static<typeof TicketCountsSchema>;
