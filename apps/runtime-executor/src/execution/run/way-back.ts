import { isSlipwayError } from '@slipway/contracts';
import { isPassing, type Observation, type RuntimeTarget, type Step } from '@slipway/runtime-target';
import { VERIFY, type ActiveExecution, type StepFailure } from '../domain/execution.state';
import { isClaimLost } from '../domain/execution.errors';
import type { Ground } from './basis';
import { mayPass, type Journal } from './journal';
import { patiently } from './patience';
import { loadRelease, ReleaseChange } from './release-change';
import type { RunPorts } from './run.ports';
import type { StepLog } from './step-log';
import type { StepEnd, StepRunner } from './step-runner';

export interface WayBack {
  readonly execution: ActiveExecution;
  readonly failure: StepFailure;
  readonly change: ReleaseChange;
  readonly runtime: RuntimeTarget;
  readonly ground: Ground;
  readonly journal: Journal;
  readonly log: StepLog;
  readonly steps: StepRunner;
  /** Ordinal of the last planned step; the way back counts on from it. */
  readonly lastOrdinal: number;
  /** Does not fire on a cancel: a cancelled execution still goes all the way back. */
  readonly signal: AbortSignal;
}
export interface WayBackEnd {
  readonly restored: boolean;
  readonly how: string;
}

/**
 * After a failure the slot serves what it served before, or nothing if it was empty. Left alone are a rollback that
 * failed (there is nothing further back) and a release that ran in full and failed its verification: taking that back is
 * a rollback with events of its own, which policy allows or not (ARCHITECTURE.md, section 6).
 *
 * Such a rollback follows a bad release here, too: it restores once more, on record, whether or not this worked (ADR 0008).
 * Hooks are left to it: so they run once.
 *
 * A log or blob store that is away is waited for; a target that is away for as long as `Patience` says. An execution that is taken over
 * meanwhile goes on here.
 */
export async function goBack(ports: RunPorts, back: WayBack): Promise<WayBackEnd> {
  if (back.execution.act === 'rollback')
    return { restored: false, how: 'a rollback has no way back of its own; what runs is as the last step left it' };
  const { slot } = back.ground.reading;
  if (slot.phase === 'empty') return emptyAgain(ports, back);
  if (back.failure.step === VERIFY && back.failure.outcome === 'failed') {
    return { restored: false, how: 'the release runs and failed its verification; a rollback takes it back' };
  }
  try {
    const previous = await back.journal.persist(async () => {
      const release = await loadRelease(ports.runner, back.change.release.projectId, slot.current.releaseId);
      return ReleaseChange.load(ports, release, back.ground.access);
    });
    return await previousAgain(ports, back, previous);
  } catch (error) {
    if (isSlipwayError(error) && !mayPass(error) && !isClaimLost(error)) return { restored: false, how: error.message };
    throw error;
  }
}

async function previousAgain(ports: RunPorts, back: WayBack, previous: ReleaseChange): Promise<WayBackEnd> {
  const steps = back.runtime.restoreSteps(previous.input).filter(({ task }) => !task);
  for (const [index, step] of steps.entries()) {
    const end = await backStep(ports, back, previous, step, index);
    if (end.outcome !== 'succeeded') return { restored: false, how: `the way back stopped at '${step.title}'` };
  }
  const version = previous.release.subject.artifact_version;
  const now = await observed(ports, back, previous);
  if (!now) return { restored: false, how: `version ${version} should serve again, but the target cannot be asked` };
  const restored = now.releaseId === previous.input.releaseId;
  return {
    restored,
    how: restored ? `version ${version} serves as before` : `version ${version} should serve again, found release '${now.releaseId}'`,
  };
}

/** Undefined when the target stays away. */
async function observed({ patience }: RunPorts, back: WayBack, { input }: ReleaseChange): Promise<Observation | undefined> {
  try {
    return await patiently(() => back.runtime.observe(input.access, input.slotId), {
      forMs: patience.backMs,
      signal: back.signal,
      mayRepeat: isPassing,
      onRepeat: (error) =>
        back.log.write(null, `what serves cannot be seen yet: ${error instanceof Error ? error.message : String(error)}`),
    });
  } catch (error) {
    if (isPassing(error)) return undefined;
    throw error;
  }
}

async function emptyAgain(ports: RunPorts, back: WayBack): Promise<WayBackEnd> {
  const { input } = back.change;
  const remove: Step = {
    name: 'remove',
    title: 'Remove what the first deployment left',
    rerunnable: true,
    async run(context) {
      await back.runtime.remove(input.access, input.slotId, input.releaseId, context);
      const left = await back.runtime.observe(input.access, input.slotId);
      const gone = left.releaseId === null && left.replicas.every(({ releaseId }) => releaseId !== input.releaseId);
      return gone
        ? { outcome: 'succeeded', summary: 'the slot is empty again', observed: {} }
        : {
            outcome: 'errored',
            summary: 'something of the release is still there',
            observed: { release_id: left.releaseId, replicas: left.replicas.length },
          };
    },
  };
  const end = await backStep(ports, back, back.change, remove, 0);
  const gone = end.outcome === 'succeeded';
  return { restored: gone, how: gone ? 'the slot is empty again' : 'the slot could not be emptied' };
}

/** Steps of the way back are recorded like all others, under names of their own. */
function backStep({ patience }: RunPorts, back: WayBack, change: ReleaseChange, step: Step, index: number): Promise<StepEnd> {
  const planned = { step: `back-${step.name}`.slice(0, 100), ordinal: back.lastOrdinal + 1 + index, title: step.title };
  return back.steps.run({ step, planned, change, signal: back.signal, patienceMs: patience.backMs, crashedInside: false });
}
