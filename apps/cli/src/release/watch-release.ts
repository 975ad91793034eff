import { setTimeout as delay } from 'node:timers/promises';
import type { Schemas } from '@slipway/api-client';
import type { Context } from '../context';
import { EXIT, type ExitCode } from '../exit-codes';
import { coloured } from '../output/values';
import type { ReleaseView } from './describe-release';

type TimelineEntry = Schemas['TimelineEntry'];
type LogEntry = Schemas['LogEntry'];

export interface WatchOptions {
  /** Follow the rollback to its end rather than the release. */
  readonly rollback?: boolean;
  /** End with `refused` as soon as an approval is waited for. */
  readonly stopAtApproval?: boolean;
}

/** How long a failed release may take to announce its rollback. */
const ROLLBACK_GRACE_MS = 5_000;
const POLL_MS = 500;

const ROLLBACK_ENDS: readonly string[] = ['completed', 'failed', 'rejected'];
const ENDS: readonly string[] = ['rejected', 'expired', 'superseded', 'cancelled', 'applied', 'rolled_back', 'rollback_failed'];

const isOver = (view: ReleaseView, options: WatchOptions): boolean =>
  options.rollback ? view.rollback !== null && ROLLBACK_ENDS.includes(view.rollback.status) : ENDS.includes(view.status);

const codeOf = (view: ReleaseView, options: WatchOptions): ExitCode => {
  if (options.rollback) return view.rollback?.status === 'completed' ? EXIT.ok : EXIT.failed;
  if (view.status === 'applied') return EXIT.ok;
  return ['rejected', 'expired', 'superseded', 'cancelled'].includes(view.status) ? EXIT.refused : EXIT.failed;
};

/** Shows a release's timeline and step logs as they come, until it has ended; returns the exit code for its end. */
export async function watchRelease(
  context: Context,
  releaseId: string,
  options: WatchOptions = {},
): Promise<{ view: ReleaseView; code: ExitCode }> {
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, context.signal]);
  const streams = [
    follow<TimelineEntry>(context, releaseId, 'timeline', signal, showEntry),
    follow<LogEntry>(context, releaseId, 'logs', signal, showLog),
  ];
  try {
    const view = await untilOver(context, releaseId, options);
    await settled();
    const waiting = !isOver(view, options) && view.status !== 'failed';
    return { view, code: context.signal.aborted ? EXIT.interrupted : waiting ? EXIT.refused : codeOf(view, options) };
  } finally {
    over.abort();
    await Promise.allSettled(streams);
  }
}

/** The last lines are on their way when the state already says that it is over. */
const settled = (): Promise<void> => delay(300);

async function untilOver(context: Context, releaseId: string, options: WatchOptions): Promise<ReleaseView> {
  let failedSince: number | undefined;
  for (;;) {
    const view = await readRelease(context, releaseId);
    if (isOver(view, options) || context.signal.aborted) return view;
    if (view.status === 'pending_approval' && options.stopAtApproval) return view;
    if (view.status === 'failed') {
      failedSince ??= performance.now();
      if (view.rollback === null && performance.now() - failedSince > ROLLBACK_GRACE_MS) return view;
    }
    context.output.transient(`  ${view.status}${view.paused ? ', paused' : ''} ...`);
    await delay(POLL_MS, undefined, { signal: context.signal }).catch(() => undefined);
  }
}

export async function readRelease(context: Context, id: string): Promise<ReleaseView> {
  const query = { project: context.namedProject };
  const { data } = await context.client.GET('/api/v1/deploy/releases/{id}', { params: { path: { id }, query } });
  return data!;
}

/** Shows what one stream of the release brings. A stream that ends early takes nothing from the watch. */
async function follow<T>(
  context: Context,
  id: string,
  what: string,
  signal: AbortSignal,
  show: (context: Context, item: T) => void,
): Promise<void> {
  const query = context.namedProject ? `?project=${context.namedProject}` : '';
  const events = context.client.events<T>(`/api/v1/deploy/releases/${id}/${what}${query}`, { signal });
  try {
    for await (const event of events) show(context, event.data);
  } catch (error) {
    if (!signal.aborted)
      context.output.line(context.output.paint('dim', `  (${what}: ${error instanceof Error ? error.message : String(error)})`));
  }
}

export function showEntry({ output }: Context, entry: TimelineEntry): void {
  if (output.json) return output.record({ kind: 'event', ...entry });
  const [, event = ''] = entry.action.split('.');
  const time = entry.occurred_at.slice(11, 23);
  output.line(
    `  ${output.paint('dim', time)} ${coloured(output, entry.action.startsWith('release.') ? event : entry.action).padEnd(22)} ${entry.summary} ${output.paint('dim', entry.actor_id)}`,
  );
}

export function showLog({ output }: Context, entry: LogEntry): void {
  if (output.json) return output.record({ kind: 'log', ...entry });
  output.line(output.paint('dim', `  ${entry.at.slice(11, 23)}   | ${entry.step ? `${entry.step}: ` : ''}${entry.line}`));
}
