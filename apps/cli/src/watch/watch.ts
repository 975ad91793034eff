import { setTimeout as delay } from 'node:timers/promises';
import { isTransient } from '@slipway/api-client';
import type { Context } from '../context';
import { EXIT, type ExitCode } from '../exit-codes';
import type { Output } from '../output/output';
import { duration } from '../output/values';
import { Pace } from './pace';

/** What a release and a release group have in common for who watches one to its end. */
export interface Watched {
  readonly status: string;
  readonly paused?: boolean;
  readonly rollback: { readonly status: string } | null;
}

export interface WatchOptions {
  /** Follow the rollback to its end rather than what it takes back. */
  readonly rollback?: boolean;
  /** End with `refused` as soon as an approval is waited for. */
  readonly stopAtApproval?: boolean;
}

export interface Subject<V extends Watched> {
  /** The command that watches it again, for who has lost it. */
  readonly again: string;
  readonly read: () => Promise<V>;
  /** Shows what its streams bring until the signal aborts, and calls `happened` for each fact. */
  readonly show: (signal: AbortSignal, happened: () => void) => Promise<unknown>;
}

export interface WatchTimes {
  /** How long the gateway may be away. */
  readonly patienceMs: number;
  /** How long what failed may take to announce its rollback. */
  readonly rollbackGraceMs: number;
  /** The last lines are on their way when the state already says that it is over. */
  readonly settleMs: number;
}
const TIMES: WatchTimes = { patienceMs: 120_000, rollbackGraceMs: 5_000, settleMs: 300 };
const LONGEST_PAUSE_MS = 10_000;

const NEVER_RAN: readonly string[] = ['rejected', 'expired', 'superseded', 'cancelled'];
const ENDS: readonly string[] = [...NEVER_RAN, 'applied', 'rolled_back', 'rollback_failed'];
const ROLLBACK_ENDS: readonly string[] = ['completed', 'failed', 'rejected'];

const isOver = (view: Watched, { rollback }: WatchOptions): boolean =>
  rollback ? view.rollback !== null && ROLLBACK_ENDS.includes(view.rollback.status) : ENDS.includes(view.status);

/** While a rollback waits, what it takes back stays as it is. */
const waitsForApproval = (view: Watched): boolean => view.status === 'pending_approval' || view.rollback?.status === 'pending_approval';

/** How the approval is given on which it waits, for a person. */
export function sayWhatIsWaitedFor(output: Output, view: Watched & { readonly approval_ticket: string | null }): void {
  if (!waitsForApproval(view)) return;
  output.line();
  output.line(`Waiting for an approval: slipway approvals approve ${view.approval_ticket} --as approver`);
}

function codeOf(view: Watched, options: WatchOptions): ExitCode {
  if (!isOver(view, options) && waitsForApproval(view)) return EXIT.refused;
  if (options.rollback) {
    if (view.rollback?.status === 'completed') return EXIT.ok;
    return view.rollback?.status === 'rejected' ? EXIT.refused : EXIT.failed;
  }
  if (view.status === 'applied') return EXIT.ok;
  return NEVER_RAN.includes(view.status) ? EXIT.refused : EXIT.failed;
}

/**
 * Shows what happens to a release or a group as it happens, until it is over; returns the exit code for its end. A gateway that is away
 * for up to two minutes is waited for.
 */
export async function watch<V extends Watched>(
  context: Context,
  subject: Subject<V>,
  options: WatchOptions = {},
  times: WatchTimes = TIMES,
): Promise<{ view: V; code: ExitCode }> {
  const over = new AbortController();
  const pace = new Pace();
  const shown = subject.show(AbortSignal.any([over.signal, context.signal]), () => pace.hasten());
  try {
    const view = await untilOver(context, subject, options, times, pace);
    if (context.signal.aborted) return { view, code: EXIT.interrupted };
    await delay(times.settleMs);
    return { view, code: codeOf(view, options) };
  } finally {
    over.abort();
    await shown.catch(() => undefined);
  }
}

async function untilOver<V extends Watched>(
  context: Context,
  subject: Subject<V>,
  options: WatchOptions,
  times: WatchTimes,
  pace: Pace,
): Promise<V> {
  let view: V | undefined;
  let failedSince: number | undefined;
  for (;;) {
    try {
      view = await readPatiently(context, subject, times);
    } catch (error) {
      if (!context.signal.aborted || view === undefined) throw error;
    }
    if (isOver(view, options) || context.signal.aborted) return view;
    if (options.stopAtApproval && waitsForApproval(view)) return view;
    if (view.status === 'failed' && view.rollback === null) {
      failedSince ??= performance.now();
      if (performance.now() - failedSince > times.rollbackGraceMs) return view;
    }
    context.output.transient(`  ${view.status}${view.paused ? ', paused' : ''} ...`);
    await pace.pause(context.signal);
  }
}

/** @throws ApiError, GatewayUnreachable: the latest, when the gateway has been away for longer than anybody waits. */
async function readPatiently<V extends Watched>(
  { output, signal }: Context,
  { read, again }: Subject<V>,
  { patienceMs }: WatchTimes,
): Promise<V> {
  const since = performance.now();
  for (let pauseMs = 500; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      const view = await read();
      if (pauseMs > 500) output.note('The gateway answers again.');
      return view;
    } catch (error) {
      if (!isTransient(error) || signal.aborted) throw error;
      if (performance.now() - since > patienceMs) {
        output.note(`Nothing is watched any more; what was begun goes on without it. Watch it again with: ${again}`);
        throw error;
      }
      if (pauseMs === 500)
        output.note(`${(error as Error).message} Watching on for up to ${duration(patienceMs)}; what was begun goes on.`);
      await delay(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
