import type { Outcome } from '@slipway/contracts';
import type { StepResult } from '@slipway/runtime-target';
import { awaitReady } from './await-ready';
import { allTo, fullScale, incumbentOf, statusOf, type Change } from './change';

/** Ends a change that did not work out: the release that served before gets its full strength and all traffic, the new one goes. */
export async function giveBack(
  change: Change,
  outcome: Exclude<Outcome, 'succeeded'>,
  why: string,
  observed: Record<string, unknown>,
): Promise<StepResult> {
  const { context, input } = change;
  context.log(why);
  const lines = await change.lastLines(input.releaseId);
  for (const line of lines) context.log(`  | ${line}`);
  const standing = await withdraw(change);
  return { outcome, summary: `${why}; ${standing}`, observed: { ...observed, why, last_lines: lines } };
}

/** Takes the change's release out of the slot. Tells what serves now. */
export async function withdraw(change: Change): Promise<string> {
  const { context, input, slot } = change;
  const status = await statusOf(change);
  const incumbent = incumbentOf(status, input.releaseId);
  if (status.current === input.releaseId) return 'it still owns the slot';
  if (!incumbent) {
    await slot.remove(input.releaseId, context.fence);
    return 'nothing served in this slot before';
  }
  const scale = fullScale(incumbent.manifest);
  const shares = status.routes.some((route) => route.releaseId === incumbent.releaseId);
  await slot.scale(incumbent.releaseId, context.fence, scale);
  if (shares) await slot.route(context.fence, allTo(incumbent.releaseId), { window: `${input.releaseId}:given-back` });
  const back = await awaitReady(change, incumbent.releaseId, incumbent.manifest, scale);
  if (!shares) await slot.route(context.fence, allTo(incumbent.releaseId), { window: `${input.releaseId}:given-back` });
  await slot.remove(input.releaseId, context.fence);
  return back.ready
    ? `release ${incumbent.releaseId} serves all traffic`
    : `release ${incumbent.releaseId} has all traffic, but ${back.why}`;
}
