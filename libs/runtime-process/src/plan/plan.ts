import { diffJson, planChecks, riskReasons, type PlanInput, type RuntimePlan } from '@slipway/runtime-target';
import { asProcessManifest } from '../manifest';
import { plannedActions } from './actions';

/** Pure: what a deployment of `manifest` would do to what was observed. */
export function planChange({ manifest, strategy, observation }: Pick<PlanInput, 'manifest' | 'strategy' | 'observation'>): RuntimePlan {
  const after = asProcessManifest(manifest);
  const before = observation.manifest ? asProcessManifest(observation.manifest) : null;
  const { entries, truncated } = diffJson(before ?? {}, after);
  return {
    actions: plannedActions(after, before, strategy),
    diff: entries,
    diffTruncated: truncated,
    checks: planChecks(after, strategy, observation),
    riskReasons: riskReasons(after, before, strategy),
  };
}
