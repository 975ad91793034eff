import { SlipwayError, type EnvironmentPolicy } from '@slipway/contracts';
import { requireTimeZone } from '@slipway/gates';

/** What a schema cannot say. @throws SlipwayError `invalid_request` naming the member */
export function requirePolicy(policy: EnvironmentPolicy): void {
  const quorum = Math.max(policy.quorum, ...policy.rules.map((rule) => rule.quorum ?? 1));
  const { approvers } = policy;
  if (approvers.length > 0 && quorum > approvers.length) {
    throw invalid('quorum', `${quorum} approvals cannot come from ${approvers.length} approvers; name more, or ask for fewer.`);
  }
  if (policy.working_hours) requireTimeZone(policy.working_hours.timezone);
  if (new Set(policy.rules.map(({ risk }) => risk)).size < policy.rules.length) {
    throw invalid('rules', 'There are two rules for one risk; keep one of them.');
  }
}

const invalid = (field: string, message: string): SlipwayError => new SlipwayError('invalid_request', message, { field });
