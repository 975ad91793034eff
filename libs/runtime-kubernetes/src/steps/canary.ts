import type { Outcome, ResolvedStrategy } from '@slipway/contracts';
import {
  canaryBreach,
  servingProcess,
  type MetricWatch,
  type MetricWatchOf,
  type Step,
  type StepResult,
  type TrafficMetrics,
} from '@slipway/runtime-target';
import { Prober } from '../look/prober';
import type { Release, Scale } from '../render/instantiate';
import { releaseOf, restartsOf } from '../slot/pods';
import { awaitReady } from './await-ready';
import { switchOver } from './blue-green';
import { incumbent, scaleOf, step, type Change, type ChangeOf } from './change';
import { canaryShare } from './canary-share';
import { giveBack } from './give-back';
import { allTo, moveTraffic } from './move-traffic';
import { prepareStep } from './prepare';

export type Canary = Extract<ResolvedStrategy, { type: 'canary' }>;
type CanaryStep = Canary['steps'][number];

/** A step goes on this much longer while too few of our own requests were answered: on a busy cluster they take their time. */
const LATE_MS = 3_000;

/** A share of the traffic at a time, by numbers of replicas, each watched before the next; then all of it. */
export function canarySteps(canary: Canary, changeOf: ChangeOf, watches: MetricWatchOf): readonly Step[] {
  const watched = canary.steps.map((share, index) =>
    step(`canary-${index + 1}`, `Give ${share.percent} % of the traffic to the new version and watch it`, changeOf, (change) =>
      watchShare(change, canary, share, watches),
    ),
  );
  return [prepareStep(changeOf), ...watched, step('promote', 'Give all traffic to the new version', changeOf, switchOver)];
}

async function watchShare(change: Change, canary: Canary, share: CanaryStep, watches: MetricWatchOf): Promise<StepResult> {
  const { input, context } = change;
  const stable = await incumbent(change);
  if (!stable) return { outcome: 'succeeded', summary: 'First deployment: there is nothing to compare with', observed: {} };
  const fault = await giveShare(change, stable, share.percent);
  if (fault) return giveBack(change, fault.outcome, fault.why, { percent: share.percent });
  if (context.resumed)
    return {
      outcome: 'succeeded',
      summary: `${share.percent} % accepted by an operator without a measurement`,
      observed: { percent: share.percent },
    };
  context.log(`${share.percent} % of the traffic goes to ${input.releaseId}; watching it for ${share.duration_ms} ms`);
  return judge(change, canary, share, stable, watches(canary, input, stable.releaseId, share.duration_ms));
}

/** Replicas of both sides in the proportion asked for; only then does the Service reach the new ones. */
async function giveShare(
  change: Change,
  stable: Release,
  percent: number,
): Promise<{ outcome: Exclude<Outcome, 'succeeded'>; why: string } | null> {
  const { release, writer, reader, input } = change;
  const serving = servingProcess(release.manifest) ?? '';
  const full = scaleOf(release)[serving] ?? 1;
  const counts = canaryShare(
    percent,
    full,
    scaleOf(stable)[servingProcess(stable.manifest) ?? ''] ?? full,
    release.manifest.gateway !== undefined,
  );
  const canaryScale: Scale = Object.fromEntries(Object.keys(scaleOf(release)).map((name) => [name, name === serving ? counts.canary : 1]));
  const stableScale: Scale = { ...scaleOf(stable), [servingProcess(stable.manifest) ?? serving]: counts.stable };
  const shared = (await reader.record()).routes.length > 1;
  await writer.scale(release, canaryScale);
  if (!shared) await writer.scale(stable, stableScale);
  const [readiness, beside] = await Promise.all([
    awaitReady(change, release, canaryScale),
    shared ? null : awaitReady(change, stable, stableScale),
  ]);
  if (!readiness.ready) return { outcome: 'failed', why: `The canary does not become ready: ${readiness.why}` };
  if (beside && !beside.ready)
    return {
      outcome: 'errored',
      why: `The cluster has no room for the replicas that keep the canary's share at ${percent} %: ${beside.why}`,
    };
  const routes = percent >= 100 ? allTo(input.releaseId) : [{ releaseId: input.releaseId, percent }, { releaseId: stable.releaseId, percent: 100 - percent }]; // prettier-ignore
  const { fault } = await moveTraffic(change, release, routes);
  if (fault) return { ...fault, why: `The traffic did not reach the canary: ${fault.why}` };
  if (shared) await writer.scale(stable, stableScale);
  return null;
}

async function judge(
  change: Change,
  canary: Canary,
  { percent, duration_ms }: CanaryStep,
  stable: Release,
  metrics: MetricWatch | null,
): Promise<StepResult> {
  const { signal } = change.context;
  const [ours, theirs] = [change.release, stable].map((release) => new Prober(change.client, change.reader, release)) as [Prober, Prober];
  const endAt = performance.now() + duration_ms;
  const before = await restarts(change);
  for (;;) {
    await Promise.all([ours.askOnce(signal), theirs.askOnce(signal)]);
    const figures = ours.figures.metrics(change.input.releaseId);
    const besides = said(theirs.figures.metrics(stable.releaseId));
    const enough = figures.requests >= canary.thresholds.min_requests;
    const now = performance.now();
    const over = now >= endAt && (enough || metrics !== null || now >= endAt + LATE_MS);
    const asked = await metrics?.look(over, signal);
    const observed = { percent, measured_by: 'probes', canary: said(figures), stable: besides, ...(asked && { metrics: asked.observed }) };
    const fault = (enough ? canaryBreach(figures, canary.thresholds, over) : null) ?? asked?.breach;
    if (fault) return giveBack(change, 'failed', `The canary at ${percent} % degrades: ${fault}`, observed);
    if (!over) continue;
    if ((await restarts(change)) > before) return giveBack(change, 'failed', `The canary at ${percent} % crashed`, observed);
    const open = asked ? asked.open : tooFew(canary, percent, figures.requests);
    return open === null
      ? { outcome: 'succeeded', summary: `The canary is well at ${percent} %`, observed }
      : inconclusive(change, canary, open, observed);
  }
}

/** Where the strategy has metrics of its own, they tell whether there was enough. */
const tooFew = ({ thresholds }: Canary, percent: number, requests: number): string | null =>
  requests >= thresholds.min_requests
    ? null
    : `Only ${requests} requests could be made to the canary at ${percent} %, ${thresholds.min_requests} are needed to judge it`;

async function inconclusive(change: Change, canary: Canary, why: string, observed: Record<string, unknown>): Promise<StepResult> {
  if (canary.on_inconclusive === 'abort') return giveBack(change, 'inconclusive', why, observed);
  change.context.log(why);
  return { outcome: 'paused', summary: `${why}; resume to go on without a measurement, or cancel`, observed };
}

const said = ({ requests, errors, p50Ms, p95Ms, p99Ms }: TrafficMetrics): Record<string, unknown> => ({
  requests,
  errors,
  p50_ms: p50Ms ?? null,
  p95_ms: p95Ms ?? null,
  p99_ms: p99Ms ?? null,
});

async function restarts({ reader, input }: Change): Promise<number> {
  return (await reader.pods()).filter((pod) => releaseOf(pod) === input.releaseId).reduce((sum, pod) => sum + restartsOf(pod), 0);
}
