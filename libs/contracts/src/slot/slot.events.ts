import { Type, type Static } from 'typebox';
import { Closed, Nullable, Text, type EventsOf, type NewEventsOf } from '../platform/envelope';
import { DigestSchema, IdSchema, NameSchema, TimestampSchema } from '../platform/names';

const Deployed = {
  release_id: IdSchema,
  execution_id: IdSchema,
  fence: Type.Integer(),
  service_id: IdSchema,
  service_name: NameSchema,
  target_id: IdSchema,
  artifact_id: IdSchema,
  artifact_version: Text(128),
  artifact_digest: DigestSchema,
  manifest_digest: DigestSchema,
  url: Nullable(Text(300)),
};
export const HoldSchema = Closed({ reason: Text(1000), by: Text(200), since: TimestampSchema });

export const slotEvents = {
  'slot.deployed': Closed({ ...Deployed, previous_release_id: Nullable(IdSchema) }),
  /** A rollback: `release_id` runs again; `from_release_id` was taken back. A human's rollback brings a hold. */
  'slot.restored': Closed({ ...Deployed, from_release_id: IdSchema, hold: Nullable(HoldSchema) }),
  'slot.held': Closed({ reason: Text(1000), by: Text(200) }),
  'slot.resumed': Closed({ reason: Nullable(Text(1000)), by: Text(200) }),
  'slot.drifted': Closed({
    release_id: IdSchema,
    findings: Type.Array(Closed({ kind: Type.Enum(['missing', 'changed', 'extra']), what: Text(200), detail: Text(1000) }), {
      minItems: 1,
      maxItems: 100,
    }),
  }),
  'slot.healed': Closed({ release_id: IdSchema, how: Text(300) }),
};
export type SlotEvent = EventsOf<typeof slotEvents>;
export type NewSlotEvent = NewEventsOf<typeof slotEvents>;

export const HoldSlotSchema = Closed({ reason: Text(1000, { minLength: 1 }) });
export const ResumeSlotSchema = Closed({ reason: Type.Optional(Text(1000)) });
export const SlotReplicaSchema = Closed({
  name: Text(100),
  process: NameSchema,
  release_id: IdSchema,
  pid: Nullable(Type.Integer()),
  port: Nullable(Type.Integer()),
  state: Text(30),
  ready: Type.Boolean(),
  restarts: Type.Integer(),
  started_at: Nullable(TimestampSchema),
});
export const SlotViewSchema = Closed({
  slot_id: IdSchema,
  project_id: IdSchema,
  environment_id: IdSchema,
  service_id: IdSchema,
  service_name: NameSchema,
  target_id: IdSchema,
  release_id: Nullable(IdSchema),
  artifact_version: Nullable(Type.String()),
  artifact_digest: Nullable(DigestSchema),
  url: Nullable(Type.String()),
  hold: Nullable(HoldSchema),
  drift: Type.Enum(['none', 'drifted', 'unknown']),
  drift_checked_at: Nullable(TimestampSchema),
  deployed_at: Nullable(TimestampSchema),
  version: Type.Integer(),
});
export type SlotView = Static<typeof SlotViewSchema>;
/** What runs now, read from the target. */
export const SlotStatusViewSchema = Closed({
  ...SlotViewSchema.properties,
  replicas: Type.Array(SlotReplicaSchema),
  observed_at: TimestampSchema,
});
export type SlotStatusView = Static<typeof SlotStatusViewSchema>;
export const ListSlotsSchema = Closed({
  project: Type.Optional(NameSchema),
  environment: Type.Optional(IdSchema),
  service: Type.Optional(IdSchema),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  cursor: Type.Optional(Text(200)),
});
export type ListSlots = Static<typeof ListSlotsSchema>;
