import type { PlannedAction, ResolvedStrategy } from '@slipway/contracts';
import {
  counted,
  draftAction,
  duration,
  fullScale,
  goesAfter,
  inOrder,
  plannedTasks,
  servingProcess,
  verifySummary,
  type DraftAction,
} from '@slipway/runtime-target';
import type { KubernetesManifest } from '../render/manifest';
import { canaryShare } from '../steps/canary-share';
import { rollingShares } from '../steps/rolling-share';
import { differs, type Prediction } from './predictions';

export interface PlannedObjects {
  readonly predictions: readonly Prediction[];
  /** `Kind name` of what no longer belongs and goes. */
  readonly pruned: readonly string[];
}

/** What will happen, in order, in words. `before`: what runs now; null on a first deployment. */
export function plannedActions(
  after: KubernetesManifest,
  before: KubernetesManifest | null,
  strategy: ResolvedStrategy,
  objects: PlannedObjects,
): readonly PlannedAction[] {
  return inOrder([
    ...objects.predictions.filter(({ kind }) => kind !== 'Deployment').flatMap(written),
    ...plannedTasks(after.tasks, 'before'),
    ...bySchedule(after, before, strategy),
    ...objects.pruned.map((name) => draftAction('delete', 'object', name, `Delete ${name}: it is not part of the new version`)),
    ...plannedTasks(after.tasks, 'after'),
    draftAction('verify', 'release', after.service_name, verifySummary(after.verification, ['all replicas ready', 'observed digests'])),
  ]);
}

function written(prediction: Prediction): readonly DraftAction[] {
  const { kind, name, live } = prediction;
  if (!live) return [draftAction('create', kind, name, `Create ${kind} ${name}`)];
  return differs(prediction) ? [draftAction('update', kind, name, `Update ${kind} ${name}`)] : [];
}

function bySchedule(after: KubernetesManifest, before: KubernetesManifest | null, strategy: ResolvedStrategy): DraftAction[] {
  if (!before)
    return [
      ...starts(after, ''),
      ...routeTo(
        after,
        after.gateway
          ? 'Lead the HTTPRoute to the new replicas once they are ready'
          : 'Let the Service select the new replicas once they are ready',
      ),
    ];
  switch (strategy.type) {
    case 'rolling':
      return [
        ...Object.keys(after.processes).map((name) => rolled(name, after, before, strategy.batch_size)),
        ...routeTo(after, rollingSummary(after, before, strategy.batch_size)),
      ];
    case 'blue-green':
      return [
        ...starts(after, ' beside the old version'),
        ...routeTo(after, switchSummary(after)),
        ...stops(before, goesAfter(strategy.keep_previous_ms)),
      ];
    case 'canary':
      return [
        ...starts(after, ' beside the old version, as many as each share of the traffic needs'),
        ...strategy.steps.flatMap(({ percent, duration_ms }) => routeTo(after, canarySummary(after, before, percent, duration_ms))),
        ...routeTo(after, switchSummary(after)),
        ...stops(before, 'once the new version is verified'),
      ];
  }
}

const MAX_SHARES_SAID = 12;

function rollingSummary(after: KubernetesManifest, before: KubernetesManifest, batchSize: number): string {
  if (!after.gateway) return 'Share the traffic by ready replicas while they are replaced, then select the new version alone';
  const shares = rollingShares(after, before, batchSize);
  const said = shares
    .slice(0, -1)
    .slice(0, MAX_SHARES_SAID)
    .map((share) => `${share} %, `);
  const more = shares.length - 1 > MAX_SHARES_SAID ? '... ' : '';
  return `Weigh the new version in the HTTPRoute, batch by batch: ${said.join('')}${more}100 %`;
}

function canarySummary(after: KubernetesManifest, before: KubernetesManifest, percent: number, durationMs: number): string {
  const full = fullScale(after)[servingProcess(after) ?? ''] ?? 1;
  const counts = canaryShare(percent, full, fullScale(before)[servingProcess(before) ?? ''] ?? full, after.gateway !== undefined);
  return `Give ${percent} % of the traffic to the new version (${counts.canary} new beside ${counts.stable} old replicas: ${counts.real} %) and watch error rate and latency for ${duration(durationMs)}`;
}

function rolled(name: string, after: KubernetesManifest, before: KubernetesManifest, batchSize: number): DraftAction {
  const wanted = after.processes[name]?.replicas ?? 0;
  const running = before.processes[name]?.replicas;
  if (running === undefined)
    return draftAction('start', 'Deployment', name, `Start ${counted(wanted, 'replica')} of the new process ${name}`);
  const by = wanted === running ? 'as many new ones' : counted(wanted, 'replica');
  return draftAction(
    'recreate',
    'Deployment',
    name,
    `Replace ${counted(running, 'replica')} of ${name} by ${by}, ${batchSize} at a time: start, wait until ready, stop as many old ones`,
  );
}

const starts = (manifest: KubernetesManifest, how: string): DraftAction[] =>
  Object.entries(fullScale(manifest)).map(([name, count]) =>
    draftAction('start', 'Deployment', name, `Start ${counted(count, 'replica')} of ${name}${how} and wait until ready`),
  );

const stops = (manifest: KubernetesManifest, when: string): DraftAction[] =>
  Object.entries(fullScale(manifest)).map(([name, count]) =>
    draftAction('stop', 'Deployment', name, `Drain and stop the ${counted(count, 'replica')} of the old ${name} ${when}`),
  );

/** Behind a Gateway the route's weights share the traffic, else the Service's selector. */
const routeTo = (manifest: KubernetesManifest, summary: string): DraftAction[] =>
  servingProcess(manifest) === undefined
    ? []
    : [draftAction('route', manifest.gateway ? 'HTTPRoute' : 'Service', manifest.service_name, summary)];

const switchSummary = ({ gateway }: KubernetesManifest): string =>
  gateway ? 'Set the weights of the HTTPRoute to 100 % for the new version' : 'Switch the selector of the Service to the new version';
