import { Type } from 'typebox';
import { Closed, Nullable, Text, type EventsOf, type NewEventsOf } from '../platform/envelope';
import { DigestSchema, IdSchema, NameSchema, TimestampSchema } from '../platform/names';
import { ENVIRONMENT_TYPES } from '../platform/lifecycle';
import { WITHDRAWAL_CAUSES } from './approval-contract';
import { APPROVAL_ACTS, ApprovalRequestSchema, PRIORITIES } from './approval-request';

/** `voided`: as `approval.voided` of earlier versions, which did not say why in a word. */
export const TICKET_STATUSES = ['pending', 'approved', 'rejected', 'expired', 'superseded', 'cancelled', 'failed', 'voided'] as const;
export type TicketStatus = (typeof TICKET_STATUSES)[number];

/** What asked: a release (`release_id` then names it too), or any other resource that uses the contract. */
const About = {
  resource_type: Type.Optional(Text(30)),
  resource_id: Type.Optional(IdSchema),
  release_id: Nullable(IdSchema),
};
/** Whose approval it is, where somebody gave it to whom that one had delegated. */
const InPlaceOf = Type.Optional(Text(200));
/** `preview_ref`: digest of what is decided on: of a release's draft, or of another resource's proposal. */
const Decided = { ...About, preview_ref: DigestSchema, act: Type.Enum([...APPROVAL_ACTS]) };
const Comment = Nullable(Text(2000));

export const approvalEvents = {
  'approval.opened': Closed({
    request: ApprovalRequestSchema,
    ...About,
    preview_ref: DigestSchema,
    service_name: Nullable(NameSchema),
    environment_name: Nullable(NameSchema),
    environment_type: Nullable(Type.Enum([...ENVIRONMENT_TYPES])),
    artifact_version: Nullable(Text(128)),
    requested_by: Text(200),
    /** Who made the preview, where that is someone else than who asked to apply it; four-eyes binds both. */
    previewed_by: Type.Optional(Text(200)),
    requested_by_type: Type.Enum(['human', 'agent', 'service']),
    requested_at: TimestampSchema,
  }),
  'approval.reviewed': Closed({
    reviewer: Text(200),
    comment: Comment,
    approvals: Type.Integer(),
    quorum: Type.Integer(),
    in_place_of: InPlaceOf,
  }),
  'approval.approved': Closed({ ...Decided, approved_by: Type.Array(Text(200)), comment: Comment, in_place_of: InPlaceOf }),
  'approval.rejected': Closed({ ...Decided, rejected_by: Text(200), comment: Comment }),
  'approval.expired': Closed({ ...Decided, expired_at: TimestampSchema }),
  /** Its owner needs the decision no more. */
  'approval.voided': Closed({ ...About, cause: Type.Optional(Type.Enum([...WITHDRAWAL_CAUSES])), why: Text(300) }),
  'approval.assigned': Closed({ assignee: Nullable(Text(200)), comment: Comment }),
  /** `from` lets `to` decide in their place; both together have one approval. The permissions and four-eyes bind `to` as everybody. */
  'approval.delegated': Closed({ from: Text(200), to: Text(200), comment: Comment }),
  'approval.commented': Closed({ comment: Text(2000), mentions: Type.Array(Text(200), { maxItems: 20 }) }),
  'approval.reminded': Closed({ expires_at: TimestampSchema }),
  /** Nobody answered in time: the ticket's priority rises, and the role, where the policy names one, is told. */
  'approval.escalated': Closed({ sla_due_at: TimestampSchema, priority: Type.Enum([...PRIORITIES]), to_role: Nullable(NameSchema) }),
};
export type ApprovalEvent = EventsOf<typeof approvalEvents>;
export type NewApprovalEvent = NewEventsOf<typeof approvalEvents>;
