import { setTimeout as pause } from 'node:timers/promises';
import type { ResolvedStrategy } from '@slipway/contracts';
import type { MetricWatch, MetricWatchOf } from '../metrics/metric-watch';
import type { TrafficMetrics } from '../observation';
import type { Step, StepResult } from '../steps';
import { awaitReady } from './await-ready';
import { switchOver } from './blue-green';
import { changeStep, incumbentOf, standingOf } from './change-step';
import { giveBack } from './give-back';
import type { Change, ChangeOf, Scale, SlotStanding } from './slot-control';

export type Canary = Extract<ResolvedStrategy, { type: 'canary' }>;
type CanaryStep = Canary['steps'][number];

const MIN_LOOK_MS = 200;
const MAX_LOOK_MS = 2_000;
const LOOKS = 20;

/** A share of the traffic at a time, each watched at the router before the next; then all of it. */
export function canarySteps(canary: Canary, changeOf: ChangeOf, watches: MetricWatchOf): readonly Step[] {
  const watched = canary.steps.map((share, index) =>
    changeStep(`canary-${index + 1}`, `Give ${share.percent} % of the traffic to the new version and watch it`, changeOf, (change) =>
      watchShare(change, canary, share, watches, `${change.input.releaseId}:canary-${index + 1}`),
    ),
  );
  return [...watched, changeStep('promote', 'Give all traffic to the new version', changeOf, switchOver)];
}

async function watchShare(change: Change, canary: Canary, share: CanaryStep, watches: MetricWatchOf, window: string): Promise<StepResult> {
  const { slot, input, context, shape } = change;
  const incumbent = incumbentOf(await standingOf(change), input.releaseId);
  if (!incumbent) return { outcome: 'succeeded', summary: 'First deployment: there is nothing to compare with', observed: {} };
  const scale = sharedScale(change, share.percent);
  await slot.scale(input.releaseId, scale);
  const readiness = await awaitReady(change, input.releaseId, shape, scale);
  if (!readiness.ready) return giveBack(change, 'failed', `The canary does not become ready: ${readiness.why}`, { percent: share.percent });
  const routes = [
    { releaseId: input.releaseId, percent: share.percent },
    { releaseId: incumbent.releaseId, percent: 100 - share.percent },
  ];
  await slot.route(routes, { window });
  if (context.resumed) {
    const summary = `${share.percent} % accepted by an operator without a measurement`;
    return { outcome: 'succeeded', summary, observed: { percent: share.percent } };
  }
  context.log(`${share.percent} % of the traffic goes to the new version; watching it for ${share.duration_ms} ms`);
  return judge(change, canary, share, incumbent.releaseId, watches(canary, input, incumbent.releaseId, share.duration_ms));
}

async function judge(
  change: Change,
  canary: Canary,
  { percent, duration_ms }: CanaryStep,
  incumbentId: string,
  metrics: MetricWatch | null,
): Promise<StepResult> {
  const endAt = performance.now() + duration_ms;
  const restartsBefore = restartsOf(await standingOf(change), change.input.releaseId);
  for (;;) {
    const over = performance.now() >= endAt;
    const standing = await standingOf(change);
    const traffic = await change.slot.traffic();
    const ours = traffic.find((figures) => figures.releaseId === change.input.releaseId);
    const asked = await metrics?.look(over, change.context.signal);
    const stable = traffic.find((figures) => figures.releaseId === incumbentId);
    const observed = { percent, canary: figuresOf(ours), stable: figuresOf(stable), ...(asked && { metrics: asked.observed }) };
    const enough = (ours?.requests ?? 0) >= canary.thresholds.min_requests;
    const fault = (ours && enough ? canaryBreach(ours, canary.thresholds, over) : null) ?? asked?.breach;
    if (fault) return giveBack(change, 'failed', `The canary at ${percent} % degrades: ${fault}`, observed);
    if (restartsOf(standing, change.input.releaseId) > restartsBefore)
      return giveBack(change, 'failed', `The canary at ${percent} % crashed`, observed);
    if (over) {
      const open = asked ? asked.open : tooFew(canary, percent, ours?.requests ?? 0);
      return open === null ? passed(percent, observed) : inconclusive(change, canary, open, observed);
    }
    await pause(Math.min(lookEveryMs(duration_ms), Math.max(0, endAt - performance.now())), undefined, { signal: change.context.signal });
  }
}

/** A look costs the host something, and it is the one that serves: twenty in a short window, one every two seconds in a long one. */
export const lookEveryMs = (durationMs: number): number => Math.min(MAX_LOOK_MS, Math.max(MIN_LOOK_MS, durationMs / LOOKS));

const passed = (percent: number, observed: Record<string, unknown>): StepResult => ({
  outcome: 'succeeded',
  summary: `The canary is well at ${percent} %`,
  observed,
});

/** Where the strategy has metrics of its own, they tell whether there was enough. */
const tooFew = ({ thresholds }: Canary, percent: number, requests: number): string | null =>
  requests >= thresholds.min_requests
    ? null
    : `Only ${requests} requests reached the canary at ${percent} %, ${thresholds.min_requests} are needed to judge it`;

async function inconclusive(change: Change, canary: Canary, why: string, observed: Record<string, unknown>): Promise<StepResult> {
  if (canary.on_inconclusive === 'abort') return giveBack(change, 'inconclusive', why, observed);
  change.context.log(why);
  return { outcome: 'paused', summary: `${why}; resume to go on without a measurement, or cancel`, observed };
}

/** The first limit that is broken, in words. Latencies are judged at the end of the step: the first requests are slow ones. */
export function canaryBreach(
  figures: Omit<TrafficMetrics, 'releaseId' | 'errorRate'>,
  thresholds: Canary['thresholds'],
  over: boolean,
): string | null {
  const errorRate = figures.errors / Math.max(1, figures.requests);
  if (errorRate > thresholds.max_error_rate) {
    return `${figures.errors} of ${figures.requests} requests failed (${percentage(errorRate)}, allowed ${percentage(thresholds.max_error_rate)})`;
  }
  if (!over) return null;
  const limits = [
    ['p50', figures.p50Ms, thresholds.max_p50_ms],
    ['p95', figures.p95Ms, thresholds.max_p95_ms],
    ['p99', figures.p99Ms, thresholds.max_p99_ms],
  ] as const;
  const slow = limits.find(([, measured, allowed]) => measured !== undefined && allowed !== undefined && measured > allowed);
  return slow ? `${slow[0]} is ${slow[1]?.toFixed(1)} ms, allowed ${slow[2]} ms` : null;
}

const percentage = (share: number): string => `${(100 * share).toFixed(1)} %`;

const figuresOf = (figures: TrafficMetrics | undefined): Record<string, unknown> => ({
  requests: figures?.requests ?? 0,
  errors: figures?.errors ?? 0,
  p50_ms: figures?.p50Ms ?? null,
  p95_ms: figures?.p95Ms ?? null,
  p99_ms: figures?.p99Ms ?? null,
});

/** Enough replicas of the serving process for the share; of the others one. */
const sharedScale = ({ shape: { full, serving } }: Change, percent: number): Scale =>
  Object.fromEntries(
    Object.entries(full).map(([name, count]) => [name, name === serving ? Math.max(1, Math.ceil((count * percent) / 100)) : 1]),
  );

const restartsOf = ({ replicas }: SlotStanding, ofRelease: string): number =>
  replicas.filter(({ releaseId }) => releaseId === ofRelease).reduce((sum, { restarts }) => sum + restarts, 0);
