import { Type, type Static } from 'typebox';
import { Closed, Nullable, Text } from '../platform/envelope';
import { DigestSchema, IdSchema, RefSchema, TimestampSchema } from '../platform/names';

export const TimelineEntrySchema = Closed({
  position: Type.Integer({ description: 'Stream position: the order of all facts, and the id of the server-sent event' }),
  event_id: IdSchema,
  action: Type.String(),
  resource_type: Type.String(),
  resource_id: IdSchema,
  status: Type.String(),
  summary: Type.String(),
  actor_id: Type.String(),
  actor_type: Type.Enum(['human', 'agent', 'service']),
  source: Type.String(),
  occurred_at: TimestampSchema,
  detail: Type.Record(Type.String(), Type.Unknown()),
  on_behalf_of: Type.Optional(Type.String({ description: 'The person for whom the actor acts' })),
  conversation_id: Type.Optional(Type.String({ description: 'The conversation in which it was asked for' })),
});
export type TimelineEntry = Static<typeof TimelineEntrySchema>;
export const TimelineViewSchema = Closed({
  release_id: IdSchema,
  entries: Type.Array(TimelineEntrySchema),
  next_cursor: Nullable(Type.String()),
});
export type TimelineView = Static<typeof TimelineViewSchema>;

export const AuditEventSchema = Closed({
  ...TimelineEntrySchema.properties,
  project_id: Type.String(),
  team_id: Type.String(),
  environment_id: Type.String(),
  correlation_id: Type.String(),
  causation_id: Type.String(),
  preview_ref: Nullable(DigestSchema),
});
export type AuditEvent = Static<typeof AuditEventSchema>;
export const ListAuditEventsSchema = Closed({
  project: Type.Optional(RefSchema),
  environment: Type.Optional(IdSchema),
  actor: Type.Optional(Text(200)),
  action: Type.Optional(Text(60)),
  resource: Type.Optional(IdSchema),
  since: Type.Optional(TimestampSchema),
  until: Type.Optional(TimestampSchema),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  cursor: Type.Optional(Text(200)),
});
export type ListAuditEvents = Static<typeof ListAuditEventsSchema>;

/** "What was deployed, when, and why" (spec 003, section 14), by whom, approved by whom, from which artifact, on which preview. */
export const DeploymentRecordSchema = Closed({
  release_id: IdSchema,
  project_id: IdSchema,
  service_id: IdSchema,
  service_name: Type.String(),
  environment_id: IdSchema,
  environment_name: Type.String(),
  target_id: IdSchema,
  target_name: Type.String(),
  slot_id: IdSchema,
  change_id: Nullable(IdSchema),
  artifact_id: IdSchema,
  artifact_version: Type.String(),
  artifact_digest: DigestSchema,
  preview_ref: DigestSchema,
  reason: Nullable(Type.String()),
  requested_by: Type.String(),
  requested_by_type: Type.String(),
  approved_by: Type.Array(Type.String()),
  approval_ticket: Nullable(IdSchema),
  result: Type.String(),
  outcome: Nullable(Type.String()),
  group_id: Type.Optional(IdSchema),
  rolled_back_to: Nullable(IdSchema),
  stages: Type.Array(Closed({ stage: Type.String(), at: TimestampSchema })),
  waiting_ms: Nullable(Type.Integer()),
  deploying_ms: Nullable(Type.Integer()),
});
export type DeploymentRecord = Static<typeof DeploymentRecordSchema>;
export const ListDeploymentsSchema = Closed({
  project: Type.Optional(RefSchema),
  service: Type.Optional(IdSchema),
  environment: Type.Optional(IdSchema),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  cursor: Type.Optional(Text(200)),
});
export type ListDeployments = Static<typeof ListDeploymentsSchema>;
