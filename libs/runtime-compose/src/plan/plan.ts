import { sameJson, type Check } from '@slipway/contracts';
import { diffJson, imagesPinned, planChecks, riskReasons, type PlanInput, type RuntimePlan } from '@slipway/runtime-target';
import { asComposeManifest, type ComposeManifest } from '../manifest/compose-manifest';
import { plannedActions } from './actions';

/** What is compared: what Compose will run and how it will be verified; the neutral form stands for the same things in other words. */
const compared = ({ application, ...manifest }: ComposeManifest): unknown => ({
  ...manifest,
  artifact: application.artifact,
  tasks: application.tasks,
  verification: application.verification,
});

/** Pure: what a deployment of the manifest would do to what was observed; `drifted` are containers that somebody changed by hand. */
export function planChange({ manifest, strategy, observation }: PlanInput, drifted: readonly string[]): RuntimePlan {
  const after = asComposeManifest(manifest);
  const before = observation.manifest ? asComposeManifest(observation.manifest) : null;
  const { entries, truncated } = diffJson(before ? compared(before) : {}, compared(after));
  return {
    actions: plannedActions(after, before, strategy, drifted),
    diff: entries,
    diffTruncated: truncated,
    checks: [
      ...planChecks(after.application, strategy, observation),
      imagesPinned(Object.fromEntries(Object.entries(after.services).map(([name, { image }]) => [name, image]))),
      ...composeChecks(after, drifted),
    ],
    riskReasons: [...riskReasons(after.application, before?.application ?? null, strategy), ...dataRisks(after, before)],
  };
}

function composeChecks(manifest: ComposeManifest, drifted: readonly string[]): readonly Check[] {
  const checks: Check[] = [];
  const { serving, kept, application } = manifest;
  if (serving && kept.includes(serving.service)) {
    checks.push({
      name: 'serving-has-data',
      result: 'fail',
      message: `${serving.service} gets the traffic and writes to a volume: two versions of it would write at once. Keep its data in a service of its own, or mount the volume read-only.`,
    });
  }
  const shared = kept.filter((name) => (manifest.scale[name] ?? 1) > 1);
  if (shared.length > 0) {
    checks.push({ name: 'data-shared', result: 'warn', message: `Several containers of ${shared.join(', ')} write to one volume.` });
  }
  const alive = Object.entries(application.processes).filter(([, { probes }]) => probes.liveness !== undefined);
  if (alive.length > 0) {
    const names = alive.map(([name]) => name).join(', ');
    const message = `Docker restarts a container that ends, not one that hangs: the liveness probe of ${names} is not acted upon here. Let the process end itself, or watch it from outside.`;
    checks.push({ name: 'liveness-probe', result: 'warn', message });
  }
  if (drifted.length > 0) {
    checks.push({
      name: 'drift',
      result: 'warn',
      message: `Changed by hand since the last release: ${drifted.join(', ')}.`.slice(0, 1000),
    });
  }
  return checks;
}

function dataRisks(after: ComposeManifest, before: ComposeManifest | null): readonly string[] {
  if (!before) return [];
  const replaced = after.kept.filter((name) => before.kept.includes(name) && !sameJson(before.services[name], after.services[name]));
  return [
    ...replaced.map((name) => `${name} has data and is replaced in its place: it is away for a moment.`),
    ...before.volumes
      .filter((name) => !after.volumes.includes(name))
      .map((name) => `Volume ${name} is no longer used; it stays at the host.`),
  ];
}
