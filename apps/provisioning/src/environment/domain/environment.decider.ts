import {
  defaultPolicy,
  isDerivedId,
  mergePolicy,
  sameJson,
  SlipwayError,
  unknownResource,
  type ChangeEnvironmentPolicy,
  type CreateEnvironment,
  type EnvironmentPolicy,
  type NewEnvironmentEvent,
  type UpdateEnvironment,
} from '@slipway/contracts';
import { changesNeedApproval, requireNoLooser, requirePolicy } from './policy.rules';
import type { ActiveEnvironment, Environment } from './environment.state';

/**
 * One that was deleted may come back; where changes of its policy needed approval, not looser than it was.
 * @throws SlipwayError `already_exists`, `approval_required`, `invalid_request` for a name that reads as an id.
 */
export function createEnvironment(request: CreateEnvironment, environmentId: string, environment: Environment): NewEnvironmentEvent[] {
  const { name, type } = request;
  if (isDerivedId(name)) throw new SlipwayError('invalid_request', `'${name}' reads as an id; choose another name.`, { field: 'name' });
  if (environment.phase === 'active') {
    throw new SlipwayError('already_exists', `There is an environment '${name}' in this project already; choose another name, or use it.`, {
      environment_id: environmentId,
    });
  }
  const policy = mergePolicy(defaultPolicy(type), request.policy ?? {});
  requirePolicy(policy);
  if (environment.phase === 'deleted') requireNoLooser(environment, { type, policy });
  const detail = { name, title: request.title ?? name, type, policy };
  return [{ action: 'environment.created', status: 'active', environmentId, detail }];
}

/** @throws SlipwayError `unknown_resource`, `resource_deleted` */
export function updateEnvironment(request: UpdateEnvironment, environment: Environment, ref: string): NewEnvironmentEvent[] {
  const { id, title } = activeEnvironment(environment, ref);
  if (title === request.title) return [];
  return [{ action: 'environment.updated', status: 'active', environmentId: id, detail: { title: request.title } }];
}

/**
 * The whole policy goes into the event, so that what held at any time can be read from one place. Nothing where the policy in force asks
 * for approval of the change: it is then proposed (`policyToPropose`).
 * @throws SlipwayError `invalid_request`, `unknown_resource`, `resource_deleted`
 */
export function changeEnvironmentPolicy(request: ChangeEnvironmentPolicy, environment: Environment, ref: string): NewEnvironmentEvent[] {
  const { id, policy, policyVersion } = activeEnvironment(environment, ref);
  const changed = mergePolicy(policy, request.policy);
  requirePolicy(changed);
  if (sameJson(changed, policy) || changesNeedApproval(policy)) return [];
  const detail = { policy: changed, reason: request.reason, version: policyVersion + 1 };
  return [{ action: 'environment.policy_changed', status: 'active', environmentId: id, detail }];
}

/** What a change would make of the policy, where that needs approval; null: it does not, or it would change nothing. */
export function policyToPropose({ policy }: ActiveEnvironment, changes: ChangeEnvironmentPolicy['policy']): EnvironmentPolicy | null {
  const changed = mergePolicy(policy, changes);
  return changesNeedApproval(policy) && !sameJson(changed, policy) ? changed : null;
}

/** A change that people approved: as it was approved, or not at all. */
export function takeApprovedPolicy(
  proposal: { readonly policy: EnvironmentPolicy; readonly reason: string; readonly base_version: number },
  approval: { readonly ticketId: string; readonly requestedBy: string; readonly approvedBy: readonly string[] },
  environment: Environment,
): NewEnvironmentEvent[] {
  if (environment.phase !== 'active' || environment.policyVersion !== proposal.base_version) return [];
  const { policy, reason, base_version } = proposal;
  const { ticketId: ticket_id, requestedBy: requested_by, approvedBy } = approval;
  const detail = { policy, reason, version: base_version + 1, ticket_id, requested_by, approved_by: [...approvedBy] };
  return [{ action: 'environment.policy_changed', status: 'active', environmentId: environment.id, detail }];
}

/**
 * @param targets names of the targets that the environment has now.
 * @throws SlipwayError `resource_in_use` while there are any; `unknown_resource`, `resource_deleted`
 */
export function deleteEnvironment(
  reason: string | undefined,
  targets: readonly string[],
  environment: Environment,
  ref: string,
): NewEnvironmentEvent[] {
  const { id, name } = activeEnvironment(environment, ref);
  if (targets.length > 0) {
    const message = `The environment '${name}' still has targets (${targets.slice(0, 5).join(', ')}); delete them first.`;
    throw new SlipwayError('resource_in_use', message, { targets: targets.slice(0, 50) });
  }
  return [{ action: 'environment.deleted', status: 'deleted', environmentId: id, detail: { reason: reason ?? '' } }];
}

/** @throws SlipwayError `unknown_resource`, or `resource_deleted` for one that was there. */
export function activeEnvironment(environment: Environment, ref: string): ActiveEnvironment {
  if (environment.phase === 'active') return environment;
  if (environment.phase === 'absent') throw unknownResource('environment', ref);
  throw new SlipwayError('resource_deleted', `The environment '${environment.name}' was deleted; create it again to use it.`, {
    environment_id: environment.id,
  });
}
