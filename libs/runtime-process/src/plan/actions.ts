import type { PlannedAction, ResolvedStrategy } from '@slipway/contracts';
import { counted, draftAction, duration, goesAfter, inOrder, plannedTasks, verifySummary, type DraftAction } from '@slipway/runtime-target';
import { fullScale, servingProcess, type ProcessManifest } from '../manifest';

/** What will happen, in order, in words. `before`: what runs now; null on a first deployment. */
export function plannedActions(
  after: ProcessManifest,
  before: ProcessManifest | null,
  strategy: ResolvedStrategy,
): readonly PlannedAction[] {
  return inOrder([
    draftAction(
      'create',
      'artifact',
      after.artifact.version,
      `Unpack and verify artifact ${after.artifact.version} (${after.artifact.digest.slice(0, 19)}…)`,
    ),
    ...plannedTasks(after.tasks, 'before'),
    ...bySchedule(after, before, strategy),
    ...removedProcesses(after, before),
    ...plannedTasks(after.tasks, 'after'),
    draftAction('verify', 'release', after.service_name, verifySummary(after.verification, ['all replicas ready', 'observed digests'])),
  ]);
}

function bySchedule(after: ProcessManifest, before: ProcessManifest | null, strategy: ResolvedStrategy): DraftAction[] {
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
        ...stops(before, goesAfter(strategy.keep_previous_ms)),
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

function rolled(name: string, after: ProcessManifest, before: ProcessManifest, batchSize: number): DraftAction {
  const wanted = after.processes[name]?.replicas ?? 0;
  const running = before.processes[name]?.replicas;
  if (running === undefined) return draftAction('start', 'process', name, `Start ${counted(wanted, 'replica')} of the new process ${name}`);
  return draftAction(
    'recreate',
    'process',
    name,
    `Replace ${counted(running, 'replica')} of ${name} by ${wanted === running ? 'as many new ones' : counted(wanted, 'replica')}, ${batchSize} at a time: start, wait until ready, stop as many old ones`,
  );
}

const starts = (manifest: ProcessManifest, how = ''): DraftAction[] =>
  Object.entries(fullScale(manifest)).map(([name, count]) =>
    draftAction('start', 'process', name, `Start ${counted(count, 'replica')} of ${name}${how} and wait until ready`),
  );

const stops = (manifest: ProcessManifest, when: string): DraftAction[] =>
  Object.entries(fullScale(manifest)).map(([name, count]) =>
    draftAction('stop', 'process', name, `Drain and stop the ${counted(count, 'replica')} of the old ${name} ${when}`),
  );

const routeTo = (manifest: ProcessManifest, summary: string): DraftAction[] =>
  servingProcess(manifest) === undefined ? [] : [draftAction('route', 'route', manifest.service_name, summary)];

const removedProcesses = (after: ProcessManifest, before: ProcessManifest | null): DraftAction[] =>
  Object.keys(before?.processes ?? {})
    .filter((name) => !(name in after.processes))
    .map((name) =>
      draftAction('delete', 'process', name, `Process ${name} is not part of the new version: its replicas stop and do not come back`),
    );
