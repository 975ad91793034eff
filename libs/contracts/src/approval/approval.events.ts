import { Type } from 'typebox';
import { Closed, Nullable, Text, type EventsOf, type NewEventsOf } from '../platform/envelope';
import { DigestSchema, IdSchema, NameSchema, TimestampSchema } from '../platform/names';
import { ENVIRONMENT_TYPES } from '../platform/lifecycle';
import { ApprovalRequestSchema } from '../release/release.events';

export const TICKET_STATUSES = ['pending', 'approved', 'rejected', 'expired', 'voided'] as const;
export type TicketStatus = (typeof TICKET_STATUSES)[number];

export const approvalEvents = {
  'approval.opened': Closed({
    request: ApprovalRequestSchema,
    release_id: IdSchema,
    preview_ref: DigestSchema,
    service_name: NameSchema,
    environment_name: NameSchema,
    environment_type: Type.Enum([...ENVIRONMENT_TYPES]),
    artifact_version: Text(128),
    requested_by: Text(200),
    /** Who made the preview, where that is someone else than who asked to apply it; four-eyes binds both. */
    previewed_by: Type.Optional(Text(200)),
    requested_by_type: Type.Enum(['human', 'agent', 'service']),
    requested_at: TimestampSchema,
  }),
  'approval.reviewed': Closed({ reviewer: Text(200), comment: Nullable(Text(2000)), approvals: Type.Integer(), quorum: Type.Integer() }),
  'approval.approved': Closed({
    release_id: IdSchema,
    preview_ref: DigestSchema,
    act: Type.Enum(['apply', 'rollback']),
    approved_by: Type.Array(Text(200)),
    comment: Nullable(Text(2000)),
  }),
  'approval.rejected': Closed({
    release_id: IdSchema,
    preview_ref: DigestSchema,
    act: Type.Enum(['apply', 'rollback']),
    rejected_by: Text(200),
    comment: Nullable(Text(2000)),
  }),
  'approval.expired': Closed({
    release_id: IdSchema,
    preview_ref: DigestSchema,
    act: Type.Enum(['apply', 'rollback']),
    expired_at: TimestampSchema,
  }),
  'approval.voided': Closed({ release_id: IdSchema, why: Text(300) }),
};
export type ApprovalEvent = EventsOf<typeof approvalEvents>;
export type NewApprovalEvent = NewEventsOf<typeof approvalEvents>;
