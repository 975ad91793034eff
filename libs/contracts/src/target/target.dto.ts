import { Type, type Static } from 'typebox';
import { Closed, Text } from '../platform/envelope';
import { RUNTIME_TYPES } from '../platform/lifecycle';
import { IdSchema, NameSchema, RefSchema, TimestampSchema } from '../platform/names';
import { TargetConnectionSchema } from './target-connection';

export const CreateTargetSchema = Closed({
  project: RefSchema,
  environment: RefSchema,
  name: NameSchema,
  runtime_type: Type.Enum([...RUNTIME_TYPES]),
  connection: Type.Optional(TargetConnectionSchema),
});
export type CreateTarget = Static<typeof CreateTargetSchema>;
export const UpdateTargetSchema = Closed({ connection: TargetConnectionSchema });
export type UpdateTarget = Static<typeof UpdateTargetSchema>;
export const DeleteWithReasonSchema = Closed({ reason: Type.Optional(Text(1000)) });
export type DeleteWithReason = Static<typeof DeleteWithReasonSchema>;

export const TargetViewSchema = Closed({
  target_id: IdSchema,
  project_id: IdSchema,
  environment_id: IdSchema,
  name: NameSchema,
  runtime_type: Type.Enum([...RUNTIME_TYPES]),
  connection: TargetConnectionSchema,
  version: Type.Integer(),
  created_at: TimestampSchema,
  updated_at: TimestampSchema,
});
export type TargetView = Static<typeof TargetViewSchema>;
