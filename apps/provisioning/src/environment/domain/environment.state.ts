import { completePolicy, type EnvironmentEvent, type EnvironmentPolicy, type EnvironmentType } from '@slipway/contracts';
import type { AggregateType } from '@slipway/event-sourcing';

export interface EnvironmentFacts {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly title: string;
  readonly type: EnvironmentType;
  readonly policy: EnvironmentPolicy;
  /** 1 is what it was created with; an environment that is created again goes on counting. */
  readonly policyVersion: number;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}
export type ActiveEnvironment = EnvironmentFacts & { readonly phase: 'active' };
/** A deleted environment may be created again: the same aggregate continues, with its history. */
export type Environment = { readonly phase: 'absent' } | ActiveEnvironment | (EnvironmentFacts & { readonly phase: 'deleted' });

const ignore = <S>(_event: never, state: S): S => state;

function evolve(environment: Environment, event: EnvironmentEvent): Environment {
  if (event.action === 'environment.created') {
    const { detail, occurred_at: at } = event;
    const identity = { id: event.resource_id, projectId: event.project_id, version: event.aggregate_version };
    const policyVersion = environment.phase === 'absent' ? 1 : environment.policyVersion + 1;
    const policy = { policy: completePolicy(detail.type, detail.policy), policyVersion };
    return { phase: 'active', ...identity, ...detail, ...policy, createdAt: at, updatedAt: at };
  }
  if (environment.phase === 'absent') return environment;
  const touched = { ...environment, version: event.aggregate_version, updatedAt: event.occurred_at };
  switch (event.action) {
    case 'environment.updated':
      return { ...touched, title: event.detail.title };
    case 'environment.policy_changed':
      return { ...touched, policy: completePolicy(environment.type, event.detail.policy), policyVersion: environment.policyVersion + 1 };
    case 'environment.deleted':
      return { ...touched, phase: 'deleted' };
    default:
      return ignore(event, environment);
  }
}

/** A place to deploy to, with the policy that governs it. */
export const EnvironmentAggregate: AggregateType<Environment, EnvironmentEvent> = {
  type: 'environment',
  initial: { phase: 'absent' },
  evolve,
};
