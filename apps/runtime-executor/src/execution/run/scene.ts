import type { Observation, RuntimeTarget, Step } from '@slipway/runtime-target';
import type { Act, PlannedStep } from '../domain/execution.state';
import type { Ground } from './basis';
import { settleStep, verifyStep } from './closing-steps';
import type { Journal } from './journal';
import type { ReleaseChange } from './release-change';
import type { StepLog } from './step-log';
import type { StepRunner } from './step-runner';

/** What an execution acts with, once it has the environment. */
export interface Scene {
  readonly act: Act;
  readonly journal: Journal;
  readonly log: StepLog;
  readonly steps: StepRunner;
  readonly ground: Ground;
  readonly runtime: RuntimeTarget;
  /** What is brought into the slot: the release's draft, or that of the one a rollback brings back. */
  readonly change: ReleaseChange;
  /** What ran before the first step; undefined after a take-over. */
  readonly before: Observation | undefined;
  readonly signals: {
    /** The claim, its lease or the environment's lock is not ours any more. */
    readonly lost: AbortSignal;
    readonly stop: AbortSignal;
    readonly cancel: AbortSignal;
  };
}

/** All steps in order: the runtime's, the verification, the settling. The same list at every attempt. */
export function stepsOf({ act, runtime, change, before }: Pick<Scene, 'act' | 'runtime' | 'change' | 'before'>): readonly Step[] {
  const steps = act === 'apply' ? runtime.deploySteps(change.input) : runtime.restoreSteps(change.input);
  return [...steps, verifyStep(runtime, change, before), settleStep(runtime, change)];
}

export const plannedStep = ({ name, title }: Step, index: number): PlannedStep => ({ step: name, ordinal: index + 1, title });
