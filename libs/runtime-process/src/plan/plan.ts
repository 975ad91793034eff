import type { ResolvedStrategy } from '@slipway/contracts';
import type { Observation, RenderedManifest, RuntimePlan } from '@slipway/runtime-target';
import { asProcessManifest } from '../manifest';
import { plannedActions } from './actions';
import { planChecks, riskReasons } from './assessment';
import { diffJson } from './diff';

/** Pure: what a deployment of `manifest` would do to what was observed. */
export function planChange(manifest: RenderedManifest, strategy: ResolvedStrategy, observation: Observation): RuntimePlan {
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
