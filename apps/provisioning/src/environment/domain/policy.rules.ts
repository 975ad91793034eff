import { ENVIRONMENT_TYPES, SlipwayError, type EnvironmentPolicy, type EnvironmentType } from '@slipway/contracts';
import { requireTimeZone } from '@slipway/gates';
import { loosenings } from './policy.loosening';

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

export const changesNeedApproval = ({ approval_for }: Pick<EnvironmentPolicy, 'approval_for'>): boolean =>
  approval_for.includes('policy_change');

interface Governed {
  readonly type: EnvironmentType;
  readonly policy: EnvironmentPolicy;
}

/**
 * Nobody loosens by deleting and creating again what needs approval to be loosened.
 * @throws SlipwayError `approval_required`, with the type and the policy to create it with
 */
export function requireNoLooser(deleted: Governed & { readonly name: string }, again: Governed): void {
  if (!changesNeedApproval(deleted.policy)) return;
  const type =
    ENVIRONMENT_TYPES.indexOf(again.type) < ENVIRONMENT_TYPES.indexOf(deleted.type) ? [`${again.type} instead of ${deleted.type}`] : [];
  const looser = [...type, ...loosenings(deleted.policy, again.policy)];
  if (looser.length === 0) return;
  const why = looser.slice(0, 5).join('; ');
  throw new SlipwayError(
    'approval_required',
    `The environment '${deleted.name}' was deleted, and changes of its policy needed approval; this would loosen it (${why}). ` +
      `Create it as ${deleted.type} with the policy that it had (details.policy), then change the policy.`,
    { looser, type: deleted.type, policy: deleted.policy },
  );
}
