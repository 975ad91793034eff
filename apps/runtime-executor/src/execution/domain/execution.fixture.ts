import { deriveId, type Diagnostics, type NewExecutionEvent } from '@slipway/contracts';
import type { Assignment, PlannedStep } from './execution.state';

/** Builders for specs of the execution and of what runs it. */
export const RELEASE = deriveId('release', 'spec');
export const EXECUTION = deriveId('execution', 'spec');
export const ENVIRONMENT = deriveId('environment', 'shop', 'dev');
export const assignment: Assignment & { environmentId: string } = {
  releaseId: RELEASE,
  act: 'apply',
  toReleaseId: RELEASE,
  slotId: deriveId('slot', 'spec'),
  targetId: deriveId('target', 'spec'),
  causeEventId: deriveId('event', 'spec'),
  environmentId: ENVIRONMENT,
};
export const plan: readonly PlannedStep[] = [
  { step: 'start', ordinal: 1, title: 'Start the replicas' },
  { step: 'switch', ordinal: 2, title: 'Switch the traffic' },
];
export const [startStep, switchStep] = plan as [PlannedStep, PlannedStep];

export const claimedEvent = (attempt = 1, executor = 'executor-a'): NewExecutionEvent => ({
  action: 'execution.claimed',
  status: 'claimed',
  environmentId: ENVIRONMENT,
  detail: {
    release_id: assignment.releaseId,
    act: assignment.act,
    to_release_id: assignment.toReleaseId,
    slot_id: assignment.slotId,
    target_id: assignment.targetId,
    executor_id: executor,
    attempt,
    cause_event_id: assignment.causeEventId,
  },
});
export const startedEvent: NewExecutionEvent = {
  action: 'execution.started',
  status: 'running',
  environmentId: ENVIRONMENT,
  detail: { release_id: RELEASE, act: 'apply', fence: 7, lock: ENVIRONMENT, steps: [...plan], run_id: EXECUTION },
};
export const stepStartedEvent = (step: PlannedStep): NewExecutionEvent => ({
  action: 'execution.step_started',
  status: 'running',
  environmentId: ENVIRONMENT,
  detail: { ...step, fence: 7, started_at: '2026-01-01T00:00:00.000Z' },
});
export const stepSucceededEvent = (step: PlannedStep): NewExecutionEvent => ({
  action: 'execution.step_succeeded',
  status: 'running',
  environmentId: ENVIRONMENT,
  detail: { ...step, observed: {}, duration_ms: 5 },
});
export const stepFailedEvent = (step: PlannedStep, summary = 'it broke'): NewExecutionEvent => ({
  action: 'execution.step_failed',
  status: 'running',
  environmentId: ENVIRONMENT,
  detail: { ...step, outcome: 'failed', summary, observed: {}, duration_ms: 5 },
});
export const pausedEvent = (step: PlannedStep, status: 'paused' | 'needs_operator' = 'paused'): NewExecutionEvent => ({
  action: 'execution.paused',
  status,
  environmentId: ENVIRONMENT,
  detail: { release_id: RELEASE, ...step, why: 'too few requests', observed: {} },
});
export const diagnostics: Diagnostics = { summary: 'it broke', step: 'start', outcome: 'failed', payload: {} };
