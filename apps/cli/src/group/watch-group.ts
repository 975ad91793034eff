import { setTimeout as delay } from 'node:timers/promises';
import type { Schemas } from '@slipway/api-client';
import type { Context } from '../context';
import { EXIT, type ExitCode } from '../exit-codes';
import { showEntry } from '../release/watch-release';
import type { GroupView } from './describe-group';

export interface WatchOptions {
  /** Follow the rollback to its end rather than the group. */
  readonly rollback?: boolean;
  /** End with `refused` as soon as an approval is waited for. */
  readonly stopAtApproval?: boolean;
}
/** How long a failed group may take to announce its rollback. */
const ROLLBACK_GRACE_MS = 5_000;
const POLL_MS = 500;
const NEVER_RAN: readonly string[] = ['rejected', 'expired', 'superseded', 'cancelled'];
const ENDS: readonly string[] = [...NEVER_RAN, 'applied', 'rolled_back', 'rollback_failed'];
const ROLLBACK_ENDS: readonly string[] = ['completed', 'failed', 'rejected'];

const isOver = (view: GroupView, { rollback }: WatchOptions): boolean =>
  rollback ? view.rollback !== null && ROLLBACK_ENDS.includes(view.rollback.status) : ENDS.includes(view.status);
const waitsForApproval = (view: GroupView): boolean => view.status === 'pending_approval' || view.rollback?.status === 'pending_approval';

function codeOf(view: GroupView, options: WatchOptions): ExitCode {
  if (!isOver(view, options) && waitsForApproval(view)) return EXIT.refused;
  if (options.rollback) return view.rollback?.status === 'completed' ? EXIT.ok : EXIT.failed;
  if (view.status === 'applied') return EXIT.ok;
  return NEVER_RAN.includes(view.status) ? EXIT.refused : EXIT.failed;
}

export async function readGroup(context: Context, id: string): Promise<GroupView> {
  const params = { path: { id }, query: { project: context.namedProject } };
  return (await context.client.GET('/api/v1/deploy/groups/{id}', { params })).data!;
}

/** Shows the timeline of a group and its members as it comes, until the group has ended; returns the exit code for its end. */
export async function watchGroup(context: Context, id: string, options: WatchOptions = {}): Promise<{ view: GroupView; code: ExitCode }> {
  const over = new AbortController();
  const following = follow(context, id, AbortSignal.any([over.signal, context.signal]));
  try {
    const view = await untilOver(context, id, options);
    // The last lines are on their way when the state already says that it is over.
    await delay(300);
    return { view, code: context.signal.aborted ? EXIT.interrupted : codeOf(view, options) };
  } finally {
    over.abort();
    await following;
  }
}

async function untilOver(context: Context, id: string, options: WatchOptions): Promise<GroupView> {
  let failedSince: number | undefined;
  for (;;) {
    const view = await readGroup(context, id);
    if (isOver(view, options) || context.signal.aborted) return view;
    if (options.stopAtApproval && waitsForApproval(view)) return view;
    if (view.status === 'failed' && view.rollback === null) {
      failedSince ??= performance.now();
      if (performance.now() - failedSince > ROLLBACK_GRACE_MS) return view;
    }
    context.output.transient(`  ${view.status} ...`);
    await delay(POLL_MS, undefined, { signal: context.signal }).catch(() => undefined);
  }
}

/** A stream that ends early takes nothing from the watch. */
async function follow(context: Context, id: string, signal: AbortSignal): Promise<void> {
  const query = context.namedProject ? `?project=${context.namedProject}` : '';
  try {
    const events = context.client.events<Schemas['TimelineEntry']>(`/api/v1/deploy/groups/${id}/timeline${query}`, { signal });
    for await (const { data } of events) showEntry(context, data);
  } catch (error) {
    if (signal.aborted) return;
    context.output.line(context.output.paint('dim', `  (timeline: ${error instanceof Error ? error.message : String(error)})`));
  }
}
