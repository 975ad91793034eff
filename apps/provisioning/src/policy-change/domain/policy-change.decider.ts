import {
  appliedRule,
  deriveId,
  digestOf,
  policyChanges,
  requestByPolicy,
  type EnvironmentPolicy,
  type NewPolicyEvent,
  type Risk,
} from '@slipway/contracts';
import type { ActiveEnvironment } from '../../environment/domain/environment.state';
import { loosenings } from '../../environment/domain/policy.loosening';
import type { PolicyChange, PolicyProposal } from './policy-change.state';

export interface ProposePolicy {
  readonly policyChangeId: string;
  readonly environment: ActiveEnvironment;
  readonly policy: EnvironmentPolicy;
  readonly reason: string;
  readonly actorId: string;
  readonly now: string;
}

/** Asks the inbox, by the policy that holds now: nobody loosens a policy by the loosened one. */
export function proposePolicy(command: ProposePolicy, change: PolicyChange): NewPolicyEvent[] {
  if (change.phase !== 'absent') return [];
  const { policyChangeId, environment, policy, reason, actorId, now } = command;
  const proposal: PolicyProposal = { policy, reason, base_version: environment.policyVersion };
  const changes = policyChanges(environment.policy, policy);
  const risk = riskOf(environment.policy, policy);
  const rule = appliedRule(environment.policy, environment.name, 'policy_change', risk.level);
  const approval = {
    ticket_id: deriveId('approval', policyChangeId, 'policy_change'),
    act: 'policy_change' as const,
    ...requestByPolicy(environment.policy, environment.policyVersion, rule, now),
    risk: risk.level,
    risk_reasons: risk.reasons,
    title: `Change the policy of ${environment.name}: ${changes.map(({ member }) => member).join(', ')}`.slice(0, 300),
    summary: reason,
  };
  const summary = 'Holds from then on; open previews of the environment no longer hold and are made anew';
  const action = { ordinal: 1, verb: 'update', kind: 'policy', name: environment.name, summary, one_way: false } as const;
  const diff = changes.map(({ member, before, after }) => ({ op: 'replace' as const, path: `/${member}`, before, after }));
  return [
    {
      action: 'policy.approval_requested',
      status: 'pending',
      environmentId: environment.id,
      detail: {
        approval,
        requested_by: actorId,
        environment_name: environment.name,
        environment_type: environment.type,
        content_ref: digestOf(proposal),
        plan: { actions: [action], diff, diff_truncated: false, checks: [] },
        proposal: { ...proposal },
      },
    },
  ];
}

/** The environment took the change over; `version` is the policy's after it. */
export function applied(version: number, approvedBy: readonly string[], change: PolicyChange): NewPolicyEvent[] {
  if (change.phase !== 'pending') return [];
  const detail = { ticket_id: change.ticketId, approved_by: [...approvedBy], version };
  return [{ action: 'policy.applied', status: 'applied', environmentId: change.environmentId, detail }];
}

/** The policy is another than the one that it was made from. @param policyVersion null: the environment is deleted */
export function withdrawStale(policyVersion: number | null, change: PolicyChange): NewPolicyEvent[] {
  if (change.phase !== 'pending' || change.proposal.base_version === policyVersion) return [];
  const why =
    policyVersion === null
      ? 'The environment was deleted.'
      : `The policy has changed since (version ${policyVersion}); look at it and propose the change again.`;
  const detail = { ticket_id: change.ticketId, cause: 'superseded' as const, why };
  return [{ action: 'policy.approval_withdrawn', status: 'withdrawn', environmentId: change.environmentId, detail }];
}

type Refusal = Extract<NewPolicyEvent, { action: 'policy.refused' }>['detail'];

/** It does not come: rejected, expired, or made from a policy that has changed since. */
export function refused(refusal: Omit<Refusal, 'ticket_id'>, change: PolicyChange): NewPolicyEvent[] {
  if (change.phase !== 'pending') return [];
  const detail = { ticket_id: change.ticketId, ...refusal };
  return [{ action: 'policy.refused', status: 'refused', environmentId: change.environmentId, detail }];
}

/** What is not provably stricter is what can go wrong. */
function riskOf(before: EnvironmentPolicy, after: EnvironmentPolicy): Risk {
  const reasons = loosenings(before, after).map((reason) => (reason.length > 500 ? `${reason.slice(0, 499)}…` : reason));
  return { level: reasons.length > 0 ? 'high' : 'medium', reasons };
}
