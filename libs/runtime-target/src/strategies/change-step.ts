import { isSlipwayError } from '@slipway/contracts';
import { isPassing, type Step, type StepContext, type StepResult } from '../steps';
import type { Change, ChangeOf, Route, Scale, SlotStanding, StandingRelease } from './slot-control';

/** Wraps a body into a step: an abort and an unexpected error become outcomes; a stale fence, and what may pass by itself, go through. */
export function changeStep<C extends Change>(
  name: string,
  title: string,
  changeOf: ChangeOf<C>,
  body: (change: C) => Promise<StepResult>,
): Step {
  const run = async (context: StepContext): Promise<StepResult> => {
    try {
      context.signal.throwIfAborted();
      return await body(changeOf(context, name));
    } catch (error) {
      if (isSlipwayError(error) && error.code === 'stale_fence') throw error;
      if (context.signal.aborted) return { outcome: 'aborted', summary: 'stopped on request', observed: {} };
      if (isPassing(error)) throw error;
      return unexpected(error);
    }
  };
  return { name, title, rerunnable: true, run };
}

/** An artifact that is not what its digest says, or that names what cannot run, is bad; anything else could not be told. */
function unexpected(error: unknown): StepResult {
  const message = error instanceof Error ? error.message : String(error);
  const details = isSlipwayError(error) ? { code: error.code, ...error.details } : { code: 'internal' };
  const bad = isSlipwayError(error) && error.code === 'artifact_invalid';
  return { outcome: bad ? 'failed' : 'errored', summary: message.slice(0, 1000), observed: details };
}

/** The slot's status; the steps ask for it once the release is known there. */
export async function standingOf({ slot, input }: Change): Promise<SlotStanding> {
  const status = await slot.status();
  if (!status) throw new Error(`the target does not know slot ${input.slotId}; run the change from its first step`);
  return status;
}

/** The release that owned the slot before this one; null on a first deployment. */
export function incumbentOf(status: SlotStanding, releaseId: string): StandingRelease | null {
  if (status.current === null || status.current === releaseId) return null;
  return releaseOf(status, status.current) ?? null;
}

/** Every other release that stands; after a switch that was interrupted it still has its full strength. */
export const othersOf = (status: SlotStanding, releaseId: string): readonly StandingRelease[] =>
  status.releases.filter((release) => release.releaseId !== releaseId && !release.removing);

export const releaseOf = (status: SlotStanding, releaseId: string): StandingRelease | undefined =>
  status.releases.find((release) => release.releaseId === releaseId && !release.removing);

export const emptyScale = (full: Scale): Scale => Object.fromEntries(Object.keys(full).map((name) => [name, 0]));

/** All traffic to one release; none when it serves nothing. */
export const allTo = (releaseId: string): readonly Route[] => [{ releaseId, percent: 100 }];

export const totalOf = (scale: Scale): number => Object.values(scale).reduce((sum, count) => sum + count, 0);
