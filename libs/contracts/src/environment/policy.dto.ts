import { Type, type Static } from 'typebox';
import { Closed } from '../platform/envelope';
import { ReleaseStatusSchema } from '../platform/lifecycle';
import { IdSchema, NameSchema } from '../platform/names';
import { ApprovalNeedSchema } from '../release/draft';
import { EnvironmentPolicySchema } from './environment.policy';

export const PreviewPolicySchema = Closed({
  policy: Type.Partial(EnvironmentPolicySchema, { additionalProperties: false, minProperties: 1 }),
});
export type PreviewPolicy = Static<typeof PreviewPolicySchema>;

/** What a change of policy would mean. Open previews no longer hold once it is made; `then` is what they would need, made anew. */
export const PolicyPreviewSchema = Closed({
  environment_id: IdSchema,
  policy_version: Type.Integer(),
  policy: EnvironmentPolicySchema,
  changes: Type.Array(Closed({ member: Type.String(), before: Type.Unknown(), after: Type.Unknown() })),
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
