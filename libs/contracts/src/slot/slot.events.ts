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

/** How a slot differs from the release that should run there; `detail` of a change names what was wanted and what was found. */
export const DriftFindingSchema = Closed({ kind: Type.Enum(['missing', 'changed', 'extra']), what: Text(200), detail: Text(1000) });

export const slotEvents = {
  'slot.deployed': Closed({ ...Deployed, previous_release_id: Nullable(IdSchema) }),
  /** A rollback: `release_id` runs again; `from_release_id` was taken back. A human's rollback brings a hold. */
  'slot.restored': Closed({ ...Deployed, from_release_id: IdSchema, hold: Nullable(HoldSchema) }),
  'slot.held': Closed({ reason: Text(1000), by: Text(200) }),
  'slot.resumed': Closed({ reason: Nullable(Text(1000)), by: Text(200) }),
  'slot.drifted': Closed({
    release_id: IdSchema,
    findings: Type.Array(DriftFindingSchema, { minItems: 1, maxItems: 100 }),
  }),
  'slot.healed': Closed({ release_id: IdSchema, how: Text(300) }),
};
export type SlotEvent = EventsOf<typeof slotEvents>;
export type NewSlotEvent = NewEventsOf<typeof slotEvents>;

export const HoldSlotSchema = Closed({ reason: Text(1000, { minLength: 1 }) });
export const ResumeSlotSchema = Closed({ reason: Type.Optional(Text(1000)) });
export const SlotReplicaSchema = Closed({
  name: Text(300),
  process: Text(100),
  instance_id: Text(300, { description: 'Another after every replacement: a process, a container id, a pod uid' }),
  release_id: IdSchema,
  image: Nullable(Text(600, { description: 'By digest, as the target resolved it' })),
  node: Nullable(Text(300)),
  reason: Nullable(Text(300, { description: 'Why it is in its state, in the target’s word' })),
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
  routes: Type.Array(Closed({ release_id: IdSchema, percent: Type.Integer() })),
  findings: Type.Array(DriftFindingSchema),
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
