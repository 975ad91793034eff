import type { Outcome } from '@slipway/contracts';
import { tellingLine } from '../application/telling-line';
import type { StepResult } from '../steps';
import { awaitReady } from './await-ready';
import { allTo, incumbentOf, standingOf } from './change-step';
import type { Change } from './slot-control';

/** Ends a change that did not work out: the release that served before gets its full strength and all traffic, the new one goes. */
export async function giveBack(
  change: Change,
  outcome: Exclude<Outcome, 'succeeded'>,
  why: string,
  observed: Record<string, unknown>,
): Promise<StepResult> {
  const { context, input } = change;
  context.log(why);
  const lines = await change.slot.lastLines(input.releaseId);
  for (const line of lines) context.log(`  | ${line}`);
  await context.examine?.();
  const standing = await withdraw(change);
  const said = tellingLine(lines);
  const summary = `${why}${said === undefined ? '' : `; it said: ${said.slice(0, 300)}`}; ${standing}`;
  return { outcome, summary, observed: { ...observed, why, last_lines: lines } };
}

/** Takes the change's release out of the slot. Tells what serves now. */
async function withdraw(change: Change): Promise<string> {
  const { input, slot } = change;
  const status = await standingOf(change);
  const incumbent = incumbentOf(status, input.releaseId);
  if (status.current === input.releaseId) return 'it still owns the slot';
  if (!incumbent) {
    await slot.remove(input.releaseId);
    return 'nothing served in this slot before';
  }
  const shares = status.routes.some((route) => route.releaseId === incumbent.releaseId);
  const window = { window: `${input.releaseId}:given-back` };
  await slot.scale(incumbent.releaseId, incumbent.full);
  if (shares) await slot.route(allTo(incumbent.releaseId), window);
  const back = await awaitReady(change, incumbent.releaseId, incumbent, incumbent.full);
  await slot.route(allTo(incumbent.releaseId), window);
  await slot.remove(input.releaseId);
  return back.ready
    ? `release ${incumbent.releaseId} serves all traffic`
    : `release ${incumbent.releaseId} has all traffic, but ${back.why}`;
}
