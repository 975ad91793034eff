import { Type, type Static } from 'typebox';
import { Closed, Nullable, Text } from '../platform/envelope';
import { ENVIRONMENT_TYPES } from '../platform/lifecycle';
import { DigestSchema, IdSchema, NameSchema, RefSchema, TimestampSchema } from '../platform/names';
import { PERMISSIONS } from '../platform/permissions';
import { RISK_LEVELS } from '../release/draft';
import { TICKET_STATUSES } from './approval.events';

export const DecideTicketSchema = Closed({ comment: Type.Optional(Text(2000)) });
export type DecideTicket = Static<typeof DecideTicketSchema>;

export const TicketActionSchema = Closed({
  action: Type.Enum(['opened', 'reviewed', 'approved', 'rejected', 'expired', 'voided']),
  actor_id: Type.String(),
  actor_type: Type.Enum(['human', 'agent', 'service']),
  comment: Nullable(Type.String()),
  at: TimestampSchema,
});
export const TicketViewSchema = Closed({
  ticket_id: IdSchema,
  status: Type.Enum([...TICKET_STATUSES]),
  act: Type.Enum(['apply', 'rollback']),
  release_id: IdSchema,
  preview_ref: DigestSchema,
  project_id: IdSchema,
  environment_id: IdSchema,
  environment_name: NameSchema,
  environment_type: Type.Enum([...ENVIRONMENT_TYPES]),
  service_name: NameSchema,
  artifact_version: Type.String(),
  title: Type.String(),
  summary: Type.String(),
  risk: Type.Enum([...RISK_LEVELS]),
  priority: Type.Enum(['P0', 'P1', 'P2', 'P3']),
  required_permission: Type.Enum([...PERMISSIONS]),
  quorum: Type.Integer(),
  approvals: Type.Integer(),
  four_eyes: Type.Boolean(),
  requested_by: Type.String(),
  requested_by_type: Type.Enum(['human', 'agent', 'service']),
  requested_at: TimestampSchema,
  expires_at: Nullable(TimestampSchema),
  sla_due_at: Nullable(TimestampSchema),
  decided_at: Nullable(TimestampSchema),
  decided_by: Type.Array(Type.String()),
  actions: Type.Array(TicketActionSchema),
  version: Type.Integer(),
});
export type TicketView = Static<typeof TicketViewSchema>;

export const ListTicketsSchema = Closed({
  filter: Type.Optional(Type.Enum(['mine', 'pending', 'all'])),
  project: Type.Optional(RefSchema),
  environment: Type.Optional(IdSchema),
  status: Type.Optional(Type.Enum([...TICKET_STATUSES])),
  risk: Type.Optional(Type.Enum([...RISK_LEVELS])),
  priority: Type.Optional(Type.Enum(['P0', 'P1', 'P2', 'P3'])),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  cursor: Type.Optional(Text(200)),
});
export type ListTickets = Static<typeof ListTicketsSchema>;
