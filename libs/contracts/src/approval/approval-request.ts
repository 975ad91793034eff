import { Type, type Static } from 'typebox';
import { Closed, Nullable, Text } from '../platform/envelope';
import { IdSchema, NameSchema, TimestampSchema } from '../platform/names';
import { PERMISSIONS } from '../platform/permissions';
import { RISK_LEVELS } from '../release/draft';

/** What can need somebody's approval. */
export const APPROVAL_ACTS = ['apply', 'rollback', 'install', 'infra_apply', 'infra_destroy', 'policy_change'] as const;
export type ApprovalAct = (typeof APPROVAL_ACTS)[number];
export const PRIORITIES = ['P0', 'P1', 'P2', 'P3'] as const;
export type Priority = (typeof PRIORITIES)[number];

/**
 * What an approver decides on, and by which rules: bound to content, decided once. Whoever puts it into an event (see
 * docs/approvals.md) opens a ticket in the inbox. Members that are optional were added later; a reader completes them.
 */
export const ApprovalRequestSchema = Closed({
  ticket_id: IdSchema,
  act: Type.Enum([...APPROVAL_ACTS]),
  required_permission: Type.Enum([...PERMISSIONS]),
  required_role: Type.Optional(Nullable(NameSchema)),
  approvers: Type.Optional(Type.Array(Text(200), { maxItems: 50, description: 'Only these decide; empty: whoever may' })),
  quorum: Type.Integer({ minimum: 1 }),
  four_eyes: Type.Boolean(),
  expires_at: Nullable(TimestampSchema),
  sla_s: Nullable(Type.Integer()),
  reminder_before_s: Type.Optional(Nullable(Type.Integer())),
  escalate_to_role: Type.Optional(Nullable(NameSchema)),
  priority: Type.Enum([...PRIORITIES]),
  risk: Type.Enum([...RISK_LEVELS]),
  risk_reasons: Type.Optional(Type.Array(Text(500), { maxItems: 50 })),
  rule: Type.Optional(Text(500, { description: 'Which rule of which policy asks for it, in words' })),
  policy_version: Type.Optional(Nullable(Type.Integer())),
  title: Text(300),
  summary: Text(2000),
});
export type ApprovalRequest = Static<typeof ApprovalRequestSchema>;
