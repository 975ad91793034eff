import { completePolicy, type EnvironmentEvent, type EnvironmentPolicy, type EnvironmentType } from '@slipway/contracts';
import type { AggregateType } from '@slipway/event-sourcing';

/** An environment as a release needs it; null: there is none. Written by provisioning. */
export type EnvironmentBasis = {
  readonly name: string;
  readonly type: EnvironmentType;
  readonly policy: EnvironmentPolicy;
  /** 1 is what the environment was created with; one that is created again goes on counting. */
  readonly policyVersion: number;
  /** Why the policy was changed last; null: it is what the environment was created with. */
  readonly policyReason: string | null;
  readonly deleted: boolean;
  /** aggregate_version of the last event that a preview depends on: another title changes nothing that was reviewed. */
  readonly version: number;
} | null;

function evolve(environment: EnvironmentBasis, event: EnvironmentEvent): EnvironmentBasis {
  if (event.action === 'environment.created') {
    const { name, type, policy } = event.detail;
    const initial = { policy: completePolicy(type, policy), policyVersion: (environment?.policyVersion ?? 0) + 1, policyReason: null };
    return { name, type, ...initial, deleted: false, version: event.aggregate_version };
  }
  if (!environment) return environment;
  switch (event.action) {
    case 'environment.policy_changed':
      return {
        ...environment,
        policy: completePolicy(environment.type, event.detail.policy),
        policyVersion: environment.policyVersion + 1,
        policyReason: event.detail.reason,
        version: event.aggregate_version,
      };
    case 'environment.deleted':
      return { ...environment, deleted: true, version: event.aggregate_version };
    default:
      return environment;
  }
}

export const environmentBasis: AggregateType<EnvironmentBasis, EnvironmentEvent> = { type: 'environment', initial: null, evolve };
