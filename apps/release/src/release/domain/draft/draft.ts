import { digestOf, type ApprovalNeed, type Basis, type Check, type Draft, type EnvironmentPolicy } from '@slipway/contracts';
import type { DraftInput } from './draft.input';
import { governanceChecks } from './governance.checks';
import { riskOf } from './risk';

/** Bounds of a draft in the event (`DraftSchema`). */
const MAX_LISTED = 500;
const MAX_CHECKS = 100;

export interface DraftIdentity {
  readonly releaseId: string;
  readonly manifestDigest: string;
  readonly basis: Basis;
  readonly now: string;
}

/** The immutable draft; its digest is the `preview_ref`. */
export function draftOf(input: DraftInput, { releaseId, manifestDigest, basis, now }: DraftIdentity): { draft: Draft; previewRef: string } {
  const { plan, policy } = input;
  const draft: Draft = {
    release_id: releaseId,
    manifest_digest: manifestDigest,
    actions: plan.actions.slice(0, MAX_LISTED),
    diff: plan.diff.slice(0, MAX_LISTED),
    diff_truncated: plan.diff_truncated || plan.diff.length > MAX_LISTED,
    checks: worstKept([...governanceChecks(input), ...plan.checks]),
    risk: riskOf(input),
    approval: approvalNeed(policy, input.subject.environment_name),
    basis,
    expires_at: new Date(Date.parse(now) + policy.preview_ttl_s * 1000).toISOString(),
  };
  return { draft, previewRef: digestOf(draft) };
}

/** Which approval an apply will need, and by which rule. */
export function approvalNeed(policy: EnvironmentPolicy, environment: string): ApprovalNeed {
  const required = policy.approval_for.includes('apply');
  const approvals = policy.quorum === 1 ? 'one approval' : `${policy.quorum} approvals`;
  const whom = policy.four_eyes ? ', never by who asked' : '';
  return {
    required,
    permission: policy.required_permission,
    quorum: policy.quorum,
    four_eyes: policy.four_eyes,
    ticket_ttl_s: policy.ticket_ttl_s,
    rule: required
      ? `The policy of ${environment} asks for ${approvals} with ${policy.required_permission}${whom}, before an apply.`
      : `The policy of ${environment} asks for no approval of an apply.`,
  };
}

/** More checks than a draft holds never push out a failure. */
function worstKept(checks: readonly Check[]): Check[] {
  if (checks.length <= MAX_CHECKS) return [...checks];
  const rank = { fail: 0, warn: 1, pass: 2 } as const;
  return [...checks].sort((a, b) => rank[a.result] - rank[b.result]).slice(0, MAX_CHECKS);
}
