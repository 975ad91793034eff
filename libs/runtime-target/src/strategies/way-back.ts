import { setTimeout as pause } from 'node:timers/promises';
import type { ChangeInput } from '../runtime-target';
import type { Step, StepContext, StepResult } from '../steps';
import { awaitReady } from './await-ready';
import { allTo, changeStep, incumbentOf, othersOf, releaseOf, standingOf, totalOf } from './change-step';
import { giveBack } from './give-back';
import type { Change, ChangeOf, SlotControl, StandingRelease } from './slot-control';

/** The way back: at once when the release's replicas still stand, else as fast as they start; then everything else goes. */
export const wayBackSteps = (changeOf: ChangeOf): readonly Step[] => [
  changeStep('bring-back', 'Bring the earlier version back up', changeOf, bringBack),
  changeStep('switch-back', 'Give all traffic back to it and stop the other version', changeOf, switchBack),
];

async function bringBack(change: Change): Promise<StepResult> {
  const { input, shape, slot } = change;
  await slot.declare(shape.full);
  const readiness = await awaitReady(change, input.releaseId, shape, shape.full);
  if (!readiness.ready) return giveBack(change, 'failed', `The earlier version does not become ready: ${readiness.why}`, {});
  const summary = `${readiness.replicas.length} replicas of the earlier version are ready`;
  return { outcome: 'succeeded', summary, observed: { scale: shape.full } };
}

async function switchBack(change: Change): Promise<StepResult> {
  const { slot, input, context } = change;
  await slot.route(allTo(input.releaseId), { current: input.releaseId, window: `${input.releaseId}:restored:${context.fence}` });
  const { releases } = await standingOf(change);
  const others = releases.filter(({ releaseId }) => releaseId !== input.releaseId);
  for (const { releaseId } of others) await slot.remove(releaseId);
  const { routes } = await standingOf(change);
  return {
    outcome: 'succeeded',
    summary: 'The earlier version has all traffic again',
    observed: { routes, removed: others.map(({ releaseId }) => releaseId) },
  };
}

/** After success: the old version goes, a blue-green's after its time as an instant way back. Idempotent: a removal that is due keeps its time. */
export async function settleChange(slot: SlotControl, { releaseId, strategy }: ChangeInput, context: StepContext): Promise<void> {
  const status = await slot.status();
  if (!status || status.current !== releaseId) return;
  const afterMs = strategy.type === 'blue-green' ? strategy.keep_previous_ms : 0;
  for (const other of othersOf(status, releaseId)) {
    if (other.removeAt !== null) continue;
    const when = afterMs === 0 ? 'stops' : `stays up for ${Math.round(afterMs / 1000)} s`;
    context.log(`release ${other.releaseId} ${when}`);
    await slot.remove(other.releaseId, afterMs);
  }
}

/** Gives the traffic to the release that served before, if one stands, and takes the other out. */
export async function removeRelease(slot: SlotControl, releaseId: string, context: StepContext): Promise<void> {
  const status = await slot.status();
  if (!status) return;
  if (releaseOf(status, releaseId)) {
    const successor = incumbentOf(status, releaseId) ?? othersOf(status, releaseId)[0];
    if (successor) {
      context.log(`all traffic back to release ${successor.releaseId}`);
      await slot.scale(successor.releaseId, successor.full);
      await ready(slot, successor, context.signal);
      await slot.route(allTo(successor.releaseId), { current: successor.releaseId });
    }
    await slot.remove(releaseId);
  }
  while ((await slot.status())?.releases.some((release) => release.releaseId === releaseId))
    await pause(slot.lookEveryMs, undefined, { signal: context.signal });
  context.log(`release ${releaseId} is gone from the slot`);
}

/** Until the successor is ready, at most as long as its probes allow: then it gets the traffic anyway. */
async function ready(slot: SlotControl, { releaseId, full, patienceMs }: StandingRelease, signal: AbortSignal): Promise<void> {
  for (const giveUpAt = performance.now() + patienceMs; performance.now() < giveUpAt;) {
    const replicas = (await slot.status())?.replicas ?? [];
    if (replicas.filter((replica) => replica.releaseId === releaseId && replica.ready).length >= totalOf(full)) return;
    await pause(slot.lookEveryMs, undefined, { signal });
  }
}
