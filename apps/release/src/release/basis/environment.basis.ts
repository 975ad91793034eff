import type { EnvironmentEvent, EnvironmentPolicy, EnvironmentType } from '@slipway/contracts';
import type { AggregateType } from '@slipway/event-sourcing';

/** An environment as a release needs it; null: there is none. Written by provisioning. */
export type EnvironmentBasis = {
  readonly name: string;
  readonly type: EnvironmentType;
  readonly policy: EnvironmentPolicy;
  readonly deleted: boolean;
} | null;

function evolve(environment: EnvironmentBasis, event: EnvironmentEvent): EnvironmentBasis {
  if (event.action === 'environment.created') {
    const { name, type, policy } = event.detail;
    return { name, type, policy, deleted: false };
  }
  if (!environment) return environment;
  switch (event.action) {
    case 'environment.policy_changed':
      return { ...environment, policy: event.detail.policy };
    case 'environment.deleted':
      return { ...environment, deleted: true };
    default:
      return environment;
  }
}

export const environmentBasis: AggregateType<EnvironmentBasis, EnvironmentEvent> = { type: 'environment', initial: null, evolve };
