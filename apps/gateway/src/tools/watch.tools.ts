import { Closed, IdSchema, TERMINAL_STATUSES, type ReleaseView, type TimelineEntry } from '@slipway/contracts';
import { Type } from 'typebox';
import { followTimeline } from '../streams/follow-timeline';
import { ProjectInput } from './find.tools';
import { ReleaseBriefSchema, releaseBrief } from './release-brief';
import { TimelineBriefSchema, timelineBrief } from './release-reads.tools';
import { defineTool, type Tool } from './tool';
import type { ToolBench } from './tool-bench';

const DEFAULT_WAIT_S = 50;
const MAX_WAIT_S = 600;
/** How long a failed release may take to announce its rollback. */
const ROLLBACK_GRACE_MS = 5_000;
const SHOWN = 40;

/** Whether nothing further happens to the release by itself. A failed one may still be rolled back automatically. */
function hasEnded(view: ReleaseView): boolean {
  if (view.rollback !== null) return ['completed', 'failed', 'rejected'].includes(view.rollback.status);
  return TERMINAL_STATUSES.includes(view.status);
}

const waitsForPerson = (view: ReleaseView): boolean =>
  view.status === 'pending_approval' || view.rollback?.status === 'pending_approval' || view.paused;

interface Watch {
  readonly id: string;
  readonly project: string | undefined;
  readonly after: number;
  readonly waitForApproval: boolean;
  readonly deadline: AbortSignal;
}

/** Reads events from the live end of the log until the release has ended, a person is needed, or the time is up. */
async function watch(bench: ToolBench, { id, project, after, waitForApproval, deadline }: Watch) {
  const query = project === undefined ? {} : { project };
  const { calls, tail } = bench.authorized('getReleaseTimeline', { params: { id }, query });
  const { principal, correlationId, progress } = bench.user;
  const read = (minPosition: number): Promise<ReleaseView> => bench.call('getRelease', { params: { id }, query }, { minPosition });
  const grace = new AbortController();
  const signal = AbortSignal.any([deadline, bench.user.signal, grace.signal]);
  const seen: TimelineEntry[] = [];
  let known = tail.position;
  let view = await read(known);
  const isOver = (): boolean => (hasEnded(view) && view.status !== 'failed') || (!waitForApproval && waitsForPerson(view));
  let timer: NodeJS.Timeout | undefined;
  const awaitRollback = (): void => {
    if (view.status === 'failed' && view.rollback === null) timer ??= setTimeout(() => grace.abort(), ROLLBACK_GRACE_MS);
  };
  try {
    awaitRollback();
    if (isOver()) grace.abort();
    for await (const entry of followTimeline({ calls, tail, reference: { id, ...query }, principal, correlationId, after, signal })) {
      seen.push(entry);
      progress?.(`${entry.action}: ${timelineBrief(entry).untrusted_summary}`);
      if (entry.resource_type !== 'release' || entry.position <= known) continue;
      known = entry.position;
      view = await read(known);
      awaitRollback();
      if (isOver()) grace.abort();
    }
  } finally {
    clearTimeout(timer);
  }
  return { view, seen };
}

export const watchTools: readonly Tool[] = [
  defineTool({
    name: 'watch_release',
    title: 'Watch a release',
    description:
      'Follows a release live until it has ended or a person is needed, with progress notifications. Call it again with `after` when it returns ended: false.',
    effect: 'read',
    routes: ['getRelease', 'getReleaseTimeline'],
    input: Closed({
      release_id: IdSchema,
      ...ProjectInput,
      after: Type.Optional(
        Type.Integer({ minimum: 0, description: 'Only events behind this position; `last_position` of the call before' }),
      ),
      wait_s: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_WAIT_S, description: `Seconds; default ${DEFAULT_WAIT_S}` })),
      wait_for_approval: Type.Optional(Type.Boolean({ description: 'Go on waiting while a person has to decide; default false' })),
    }),
    output: Closed({
      ended: Type.Boolean(),
      release: ReleaseBriefSchema,
      last_position: Type.Integer(),
      events_total: Type.Integer(),
      events: Type.Array(TimelineBriefSchema, { maxItems: SHOWN }),
    }),
    run: async ({ release_id: id, project, after = 0, wait_s = DEFAULT_WAIT_S, wait_for_approval: waitForApproval = false }, bench) => {
      const deadline = AbortSignal.timeout(wait_s * 1000);
      const { view, seen } = await watch(bench, { id, project, after, waitForApproval, deadline });
      return {
        ended: hasEnded(view),
        release: releaseBrief(view),
        last_position: seen.at(-1)?.position ?? after,
        events_total: seen.length,
        events: seen.slice(-SHOWN).map(timelineBrief),
      };
    },
  }),
];
