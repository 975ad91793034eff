import { Type, type Static } from 'typebox';
import { Closed, Text } from '../platform/envelope';
import { ENVIRONMENT_TYPES } from '../platform/lifecycle';
import { IdSchema, NameSchema, RefSchema, TimestampSchema } from '../platform/names';
import { EnvironmentPolicySchema } from './environment.policy';

export const CreateEnvironmentSchema = Closed({
  project: RefSchema,
  name: NameSchema,
  type: Type.Enum([...ENVIRONMENT_TYPES]),
  title: Type.Optional(Text(200)),
  policy: Type.Optional(Type.Partial(EnvironmentPolicySchema, { additionalProperties: false })),
});
export type CreateEnvironment = Static<typeof CreateEnvironmentSchema>;
export const UpdateEnvironmentSchema = Closed({ title: Text(200) });
export type UpdateEnvironment = Static<typeof UpdateEnvironmentSchema>;
export const ChangeEnvironmentPolicySchema = Closed({
  policy: Type.Partial(EnvironmentPolicySchema, { additionalProperties: false, minProperties: 1 }),
  reason: Text(1000, { minLength: 1 }),
});
export type ChangeEnvironmentPolicy = Static<typeof ChangeEnvironmentPolicySchema>;

/** Who holds the environment, since when, and why (FIELD.md, item 9). */
export const EnvironmentLockViewSchema = Closed({
  environment_id: IdSchema,
  held: Type.Boolean(),
  holder: Type.Union([Type.String(), Type.Null()]),
  execution_id: Type.Union([IdSchema, Type.Null()]),
  release_id: Type.Union([IdSchema, Type.Null()]),
  reason: Type.Union([Type.String(), Type.Null()]),
  acquired_at: Type.Union([TimestampSchema, Type.Null()]),
  heartbeat_at: Type.Union([TimestampSchema, Type.Null()]),
  fencing_token: Type.Union([Type.Integer(), Type.Null()]),
});
export type EnvironmentLockView = Static<typeof EnvironmentLockViewSchema>;

export const EnvironmentViewSchema = Closed({
  environment_id: IdSchema,
  project_id: IdSchema,
  name: NameSchema,
  title: Type.String(),
  type: Type.Enum([...ENVIRONMENT_TYPES]),
  policy: EnvironmentPolicySchema,
  /** What a command asked the inbox for, where the policy demands it; the policy above still holds. */
  policy_change: Type.Optional(Closed({ policy_change_id: IdSchema, ticket_id: IdSchema })),
  version: Type.Integer(),
  created_at: TimestampSchema,
  updated_at: TimestampSchema,
});
export type EnvironmentView = Static<typeof EnvironmentViewSchema>;
