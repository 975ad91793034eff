import { completePolicy, type EnvironmentEvent, type EnvironmentPolicy, type EnvironmentType } from '@slipway/contracts';
import type { AggregateType } from '@slipway/event-sourcing';

/** An environment as a release needs it; null: there is none. Written by provisioning. */
export type EnvironmentBasis = {
  readonly name: string;
  readonly type: EnvironmentType;
  readonly policy: EnvironmentPolicy;
  /** 1 is what the environment was created with. */
  readonly policyVersion: number;
  readonly deleted: boolean;
} | null;

function evolve(environment: EnvironmentBasis, event: EnvironmentEvent): EnvironmentBasis {
  if (event.action === 'environment.created') {
    const { name, type, policy } = event.detail;
    return { name, type, policy: completePolicy(type, policy), policyVersion: 1, deleted: false };
  }
  if (!environment) return environment;
  switch (event.action) {
    case 'environment.policy_changed':
      return {
        ...environment,
        policy: completePolicy(environment.type, event.detail.policy),
        policyVersion: environment.policyVersion + 1,
      };
    case 'environment.deleted':
      return { ...environment, deleted: true };
    default:
      return environment;
  }
}

export const environmentBasis: AggregateType<EnvironmentBasis, EnvironmentEvent> = { type: 'environment', initial: null, evolve };
