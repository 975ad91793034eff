import { digestOf, type Basis, type Check, type Draft } from '@slipway/contracts';
import { approvalNeed } from './approval.need';
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
  const risk = riskOf(input);
  const checks = [...governanceChecks(input), ...plan.checks];
  const draft: Draft = {
    release_id: releaseId,
    manifest_digest: manifestDigest,
    actions: plan.actions.slice(0, MAX_LISTED),
    diff: plan.diff.slice(0, MAX_LISTED),
    diff_truncated: plan.diff_truncated || plan.diff.length > MAX_LISTED,
    checks: worstKept(checks),
    risk,
    approval: approvalNeed(input, risk, checks),
    basis,
    expires_at: new Date(Date.parse(now) + policy.preview_ttl_s * 1000).toISOString(),
  };
  return { draft, previewRef: digestOf(draft) };
}

/** More checks than a draft holds never push out a failure. */
function worstKept(checks: readonly Check[]): Check[] {
  if (checks.length <= MAX_CHECKS) return [...checks];
  const rank = { fail: 0, warn: 1, pass: 2 } as const;
  return [...checks].sort((a, b) => rank[a.result] - rank[b.result]).slice(0, MAX_CHECKS);
}
