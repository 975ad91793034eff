import { Type, type Static } from 'typebox';
import { Closed, Nullable, Text } from '../platform/envelope';
import { NameSchema, TimestampSchema } from '../platform/names';
import { FreezeWindowSchema, GATE_ACTS, GATE_SCOPES } from './gate.events';

/** Whether one may pass now. `next_open: null` while closed: no known end; `next_close: null`: nothing closes it within a year. */
export const GateVerdictSchema = Closed({
  closed: Type.Boolean(),
  reason: Nullable(Type.String()),
  next_open: Nullable(TimestampSchema),
  next_close: Nullable(TimestampSchema),
  code: Nullable(Type.Enum(['line_stopped', 'frozen'])),
  scope: Nullable(Type.Enum([...GATE_SCOPES])),
  owner: Nullable(Type.String()),
  window: Nullable(Type.String({ description: 'Name of the freeze window' })),
});
export type GateVerdict = Static<typeof GateVerdictSchema>;

export const LineStopSchema = Closed({
  reason: Type.String(),
  owner: Type.String(),
  since: TimestampSchema,
  acts: Type.Array(Type.Enum([...GATE_ACTS])),
});
export type LineStop = Static<typeof LineStopSchema>;
const Gate = { scope: Type.Enum([...GATE_SCOPES]), stop: Nullable(LineStopSchema), windows: Type.Array(FreezeWindowSchema) };

/** A gate with the verdict over an apply through it and every wider one. */
export const GateViewSchema = Closed({
  ...GateVerdictSchema.properties,
  ...Gate,
  scope: Type.Enum([...GATE_SCOPES]),
  closed_by: Nullable(Type.Enum([...GATE_SCOPES])),
  project_id: Nullable(Type.String()),
  environment_id: Nullable(Type.String()),
  inherited: Type.Array(Closed(Gate)),
  version: Type.Integer(),
});
export type GateView = Static<typeof GateViewSchema>;

/** Sets the window of this name: a new one, or what it is from now on. */
export const SetWindowSchema = Closed({
  name: NameSchema,
  kind: Type.Optional(Type.Enum(['deny', 'allow'])),
  start: FreezeWindowSchema.properties.start,
  timezone: Type.Optional(FreezeWindowSchema.properties.timezone),
  duration_s: FreezeWindowSchema.properties.duration_s,
  rrule: Type.Optional(FreezeWindowSchema.properties.rrule),
  acts: Type.Optional(FreezeWindowSchema.properties.acts),
  reason: FreezeWindowSchema.properties.reason,
  owner: Type.Optional(Text(200, { minLength: 1 })),
});
export type SetWindow = Static<typeof SetWindowSchema>;
export const StopLineSchema = Closed({
  reason: Text(1000, { minLength: 1 }),
  owner: Type.Optional(Text(200, { minLength: 1 })),
  acts: Type.Optional(FreezeWindowSchema.properties.acts),
});
export type StopLine = Static<typeof StopLineSchema>;
export const ResumeLineSchema = Closed({ reason: Type.Optional(Text(1000)) });
export type ResumeLine = Static<typeof ResumeLineSchema>;

/** Which gate a caller means: `id` names the project or the environment; the platform has none. */
export interface GateOf {
  scope: (typeof GATE_SCOPES)[number];
  id?: string;
  project?: string;
}
