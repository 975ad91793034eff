import { Type, type Static } from 'typebox';
import { Closed, Text, type EventsOf, type NewEventsOf } from '../platform/envelope';
import { IdSchema, RefSchema, TimestampSchema } from '../platform/names';

/** Stage 1 of the pipeline (spec 003, section 5): intent, traceable to a source revision, with named components. */
export const changeEvents = {
  'change.recorded': Closed({
    source_revision: Text(200, { minLength: 1 }),
    summary: Text(2000),
    scope: Text(2000),
    service_ids: Type.Array(IdSchema, { minItems: 1, maxItems: 50 }),
    url: Type.Union([Text(2000), Type.Null()]),
  }),
};
export type ChangeEvent = EventsOf<typeof changeEvents>;
export type NewChangeEvent = NewEventsOf<typeof changeEvents>;

export const RecordChangeSchema = Closed({
  project: RefSchema,
  services: Type.Array(RefSchema, { minItems: 1, maxItems: 50 }),
  source_revision: Text(200, { minLength: 1 }),
  summary: Text(2000, { minLength: 1 }),
  scope: Type.Optional(Text(2000)),
  url: Type.Optional(Type.String({ maxLength: 2000, pattern: '^https?://' })),
});
export type RecordChange = Static<typeof RecordChangeSchema>;
export const ChangeViewSchema = Closed({
  change_id: IdSchema,
  project_id: IdSchema,
  source_revision: Type.String(),
  summary: Type.String(),
  scope: Type.String(),
  service_ids: Type.Array(IdSchema),
  url: Type.Union([Type.String(), Type.Null()]),
  recorded_by: Type.String(),
  recorded_at: TimestampSchema,
});
export type ChangeView = Static<typeof ChangeViewSchema>;
