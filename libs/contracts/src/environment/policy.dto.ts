import { Type, type Static } from 'typebox';
import { Closed, Nullable } from '../platform/envelope';
import { ReleaseStatusSchema } from '../platform/lifecycle';
import { IdSchema, NameSchema, TimestampSchema } from '../platform/names';
import { ApprovalNeedSchema } from '../release/draft';
import { EnvironmentPolicySchema } from './environment.policy';

export const PreviewPolicySchema = Closed({
  policy: Type.Partial(EnvironmentPolicySchema, { additionalProperties: false, minProperties: 1 }),
});
export type PreviewPolicy = Static<typeof PreviewPolicySchema>;

const PolicyChangesSchema = Type.Array(Closed({ member: Type.String(), before: Type.Unknown(), after: Type.Unknown() }));
const VersionSchema = Type.Integer({ minimum: 1 });

/** One version of a policy: what held from then on, what it changed, who wanted it and why. 1 is what the environment was created with;
 * one that is created again goes on counting. */
export const PolicyVersionSchema = Closed({
  version: VersionSchema,
  policy: EnvironmentPolicySchema,
  changes: PolicyChangesSchema,
  reason: Type.String(),
  changed_by: Type.String(),
  approved_by: Type.Array(Type.String(), { description: 'Empty where the change needed no approval' }),
  ticket_id: Nullable(IdSchema),
  changed_at: TimestampSchema,
});
export type PolicyVersion = Static<typeof PolicyVersionSchema>;

/** `to`: the one that holds now, unless given. */
export const ComparePolicyVersionsSchema = Closed({ from: VersionSchema, to: Type.Optional(VersionSchema) });
export type ComparePolicyVersions = Static<typeof ComparePolicyVersionsSchema>;
export const PolicyComparisonSchema = Closed({
  environment_id: IdSchema,
  from: VersionSchema,
  to: VersionSchema,
  changes: PolicyChangesSchema,
});
export type PolicyComparison = Static<typeof PolicyComparisonSchema>;

/** What a change of policy would mean. Open previews no longer hold once it is made; `then` is what they would need, made anew. */
export const PolicyPreviewSchema = Closed({
  environment_id: IdSchema,
  policy_version: Type.Integer(),
  policy: EnvironmentPolicySchema,
  changes: PolicyChangesSchema,
  needs_approval: Type.Boolean(),
  releases: Type.Array(
    Closed({
      release_id: IdSchema,
      service_name: NameSchema,
      artifact_version: Type.String(),
      status: ReleaseStatusSchema,
      strategy_allowed: Type.Boolean(),
      now: ApprovalNeedSchema,
      then: ApprovalNeedSchema,
    }),
  ),
});
export type PolicyPreview = Static<typeof PolicyPreviewSchema>;
