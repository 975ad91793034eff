import type { Outcome } from '@slipway/contracts';
import { tellingLine, type StepResult } from '@slipway/runtime-target';
import { releaseOf, type Pod } from '../slot/pods';
import { awaitReady } from './await-ready';
import { incumbent, scaleOf, type Change } from './change';
import { lastWords } from './last-words';
import { allTo, returnTraffic } from './move-traffic';

/** Ends a change that did not work out: the release that served before gets its full strength and all traffic, the new one goes. */
export async function giveBack(
  change: Change,
  outcome: Exclude<Outcome, 'succeeded'>,
  why: string,
  observed: Record<string, unknown>,
  pods?: readonly Pod[],
): Promise<StepResult> {
  const { context, client, input } = change;
  const judged = pods ?? (await change.reader.pods()).filter((pod) => releaseOf(pod) === input.releaseId);
  const words = await lastWords(client, judged);
  context.log(why);
  for (const line of words) context.log(`  | ${line}`);
  await context.examine?.();
  const standing = await withdraw(change);
  const said = tellingLine(wordsOfNamed(words, why));
  const summary = `${why}${said === undefined ? '' : ` (last words: ${said.slice(0, 300)})`}; ${standing}`;
  return { outcome, summary: summary.slice(0, 1000), observed: { ...observed, why, last_lines: words } };
}

/** Of the pod that the reason names, where it said anything. */
function wordsOfNamed(words: readonly string[], why: string): readonly string[] {
  const named = words.filter((line) => why.includes(line.slice(0, line.indexOf(': '))));
  return named.length > 0 ? named : words;
}

/** Takes the change's release out of the slot. Tells what serves now. */
export async function withdraw(change: Change): Promise<string> {
  const { input, writer, reader, context } = change;
  const record = await reader.record();
  if (record.current === input.releaseId) return 'it still owns the slot';
  const before = await incumbent(change, record);
  if (!before) {
    await writer.remove(input.releaseId);
    await writer.prune();
    return 'nothing served in this slot before';
  }
  await writer.writeDocuments(before);
  const serves = record.routes.some(({ releaseId }) => releaseId === before.releaseId);
  if (serves) await writer.route(before, allTo(before.releaseId));
  await writer.scale(before, scaleOf(before));
  const back = await awaitReady(change, before, scaleOf(before));
  await returnTraffic(change, before);
  await writer.remove(input.releaseId);
  await writer.prune();
  context.log(`all traffic is with release ${before.releaseId} again`);
  return back.ready ? `release ${before.releaseId} serves all traffic` : `release ${before.releaseId} has all traffic, but ${back.why}`;
}
