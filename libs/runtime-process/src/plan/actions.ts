import type { PlannedAction, ResolvedStrategy } from '@slipway/contracts';
import { plannedTasks } from '@slipway/runtime-target';
import { fullScale, servingProcess, type ProcessManifest } from '../manifest';

type Draft = Omit<PlannedAction, 'ordinal' | 'one_way'> & Partial<Pick<PlannedAction, 'one_way'>>;

/** What will happen, in order, in words. `before`: what runs now; null on a first deployment. */
export function plannedActions(
  after: ProcessManifest,
  before: ProcessManifest | null,
  strategy: ResolvedStrategy,
): readonly PlannedAction[] {
  const drafts: Draft[] = [
    {
      verb: 'create',
      kind: 'artifact',
      name: after.artifact.version,
      summary: `Unpack and verify artifact ${after.artifact.version} (${after.artifact.digest.slice(0, 19)}…)`,
    },
    ...plannedTasks(after.tasks, 'before'),
    ...bySchedule(after, before, strategy),
    ...removedProcesses(after, before),
    ...plannedTasks(after.tasks, 'after'),
    { verb: 'verify', kind: 'release', name: after.service_name, summary: verifySummary(after) },
  ];
  return drafts.map((draft, index) => ({ ordinal: index + 1, one_way: false, ...draft }));
}

function bySchedule(after: ProcessManifest, before: ProcessManifest | null, strategy: ResolvedStrategy): Draft[] {
  if (!before) return [...starts(after), ...routeTo(after, 'Route all traffic to the new replicas once they are ready')];
  switch (strategy.type) {
    case 'rolling':
      return [
        ...Object.keys(after.processes).map((name) => rolled(name, after, before, strategy.batch_size)),
        ...routeTo(after, 'Shift the traffic batch by batch to replicas that are ready'),
      ];
    case 'blue-green':
      return [
        ...starts(after, ' beside the old version'),
        ...routeTo(after, 'Switch all traffic at once to the new version'),
        ...stops(
          before,
          strategy.keep_previous_ms === 0
            ? 'at once'
            : `after ${duration(strategy.keep_previous_ms)}, kept until then for an instant way back`,
        ),
      ];
    case 'canary':
      return [
        ...starts(after, ' beside the old version, as many as each share of the traffic needs'),
        ...strategy.steps.flatMap(({ percent, duration_ms }) =>
          routeTo(
            after,
            `Give ${percent} % of the traffic to the new version and watch error rate and latency for ${duration(duration_ms)}`,
          ),
        ),
        ...routeTo(after, 'Give all traffic to the new version'),
        ...stops(before, 'once the new version is verified'),
      ];
  }
}

function rolled(name: string, after: ProcessManifest, before: ProcessManifest, batchSize: number): Draft {
  const wanted = after.processes[name]?.replicas ?? 0;
  const running = before.processes[name]?.replicas;
  if (running === undefined)
    return { verb: 'start', kind: 'process', name, summary: `Start ${replicas(wanted)} of the new process ${name}` };
  return {
    verb: 'recreate',
    kind: 'process',
    name,
    summary: `Replace ${replicas(running)} of ${name} by ${wanted === running ? 'as many new ones' : replicas(wanted)}, ${batchSize} at a time: start, wait until ready, stop as many old ones`,
  };
}

const starts = (manifest: ProcessManifest, how = ''): Draft[] =>
  Object.entries(fullScale(manifest)).map(([name, count]) => ({
    verb: 'start',
    kind: 'process',
    name,
    summary: `Start ${replicas(count)} of ${name}${how} and wait until ready`,
  }));

const stops = (manifest: ProcessManifest, when: string): Draft[] =>
  Object.entries(fullScale(manifest)).map(([name, count]) => ({
    verb: 'stop',
    kind: 'process',
    name,
    summary: `Drain and stop the ${replicas(count)} of the old ${name} ${when}`,
  }));

const routeTo = (manifest: ProcessManifest, summary: string): Draft[] =>
  servingProcess(manifest) === undefined ? [] : [{ verb: 'route', kind: 'route', name: manifest.service_name, summary }];

const removedProcesses = (after: ProcessManifest, before: ProcessManifest | null): Draft[] =>
  Object.keys(before?.processes ?? {})
    .filter((name) => !(name in after.processes))
    .map((name) => ({
      verb: 'delete',
      kind: 'process',
      name,
      summary: `Process ${name} is not part of the new version: its replicas stop and do not come back`,
    }));

function verifySummary({ verification: { health, smoke, watch_ms } }: ProcessManifest): string {
  const parts = [
    'all replicas ready',
    'observed digests',
    ...(health ? [`health endpoint ${health.path}`] : []),
    ...(smoke.length > 0 ? [`${smoke.length} smoke tests`] : []),
  ];
  return `Verify ${parts.join(', ')}; watch for ${duration(watch_ms)}`;
}

const replicas = (count: number): string => (count === 1 ? '1 replica' : `${count} replicas`);
const duration = (ms: number): string => (ms < 1000 ? `${ms} ms` : ms < 120_000 ? `${ms / 1000} s` : `${Math.round(ms / 60_000)} min`);
