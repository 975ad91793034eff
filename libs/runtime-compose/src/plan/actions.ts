import { sameJson, type PlannedAction, type ResolvedStrategy } from '@slipway/contracts';
import {
  counted,
  draftAction,
  duration,
  goesAfter,
  imageDigest,
  inOrder,
  plannedTasks,
  verifySummary,
  type DraftAction,
} from '@slipway/runtime-target';
import { CURRENT, ROUTES } from '../look/drift';
import { movedScale, type ComposeManifest } from '../manifest/compose-manifest';

/** What will happen to which containers, in order and in words. `before`: what runs now; null on a first deployment. `drifted`: what is not as released. */
export function plannedActions(
  after: ComposeManifest,
  before: ComposeManifest | null,
  strategy: ResolvedStrategy,
  drifted: readonly string[],
): readonly PlannedAction[] {
  const { tasks } = after.application;
  return inOrder([
    ...after.volumes
      .filter((name) => !before?.volumes.includes(name))
      .map((name) => draftAction('create', 'volume', name, `Create the named volume ${name}`)),
    ...plannedTasks(tasks, 'before'),
    ...after.kept.map((name) => keptAction(name, after, before, drifted)),
    ...moved(after, before, strategy),
    ...removedServices(after, before),
    ...drifted
      .filter((name) => ![ROUTES, CURRENT].includes(name) && !after.kept.some((kept) => isOf(name, kept)))
      .map((name) => draftAction('recreate', 'container', name, `Put ${name} right: it was changed or removed by hand`)),
    ...plannedTasks(tasks, 'after'),
    draftAction(
      'verify',
      'release',
      after.application.service_name,
      verifySummary(after.application.verification, ['all containers ready', 'observed image digests']),
    ),
  ]);
}

/** Why the containers of a service are replaced: the fields that differ. Undefined: they would be the same. */
export function reasonOf(name: string, after: ComposeManifest, before: ComposeManifest): string | undefined {
  const now = after.services[name];
  const then = before.services[name];
  if (!now || !then) return undefined;
  const fields = [...new Set([...Object.keys(now), ...Object.keys(then)])].filter((key) => !sameJson(now[key], then[key])).sort();
  if (now.image !== then.image)
    return `image ${shortImage(then.image)} -> ${shortImage(now.image)}${fields.length > 1 ? `; ${fields.filter((field) => field !== 'image').join(', ')}` : ''}`;
  return fields.length > 0 ? `${fields.join(', ')} changed` : undefined;
}

const shortImage = (image: string): string => imageDigest(image)?.slice(7, 19) ?? image;

/** Whether this is the name of a container of a service. */
const isOf = (container: string, service: string): boolean => container.replace(/-\d+$/, '').endsWith(`-${service}`);

function keptAction(name: string, after: ComposeManifest, before: ComposeManifest | null, drifted: readonly string[]): DraftAction {
  if (!before?.kept.includes(name))
    return draftAction('create', 'container', name, `Create ${name}, which has data and runs once for all releases`);
  const why =
    reasonOf(name, after, before) ?? (drifted.some((container) => isOf(container, name)) ? 'it was changed or removed by hand' : undefined);
  if (why === undefined) return draftAction('none', 'container', name, `${name} has data and stays as it is`);
  return draftAction('recreate', 'container', name, `Stop ${name} and start it anew on its volume (${why}); it is away for that moment`);
}

function moved(after: ComposeManifest, before: ComposeManifest | null, strategy: ResolvedStrategy): DraftAction[] {
  const names = Object.entries(movedScale(after));
  const route = (summary: string): DraftAction[] =>
    after.serving ? [draftAction('route', 'route', after.application.service_name, summary)] : [];
  const creates = (how: string): DraftAction[] =>
    names.map(([name, count]) =>
      draftAction(
        'create',
        'container',
        name,
        `Create ${counted(count, 'container')} of ${name}${how} and wait until ready${because(name, after, before)}`,
      ),
    );
  const removes = (when: string): DraftAction[] =>
    Object.entries(before ? movedScale(before) : {})
      .filter(([name]) => name in after.services)
      .map(([name, count]) =>
        draftAction('delete', 'container', name, `Drain, stop and remove the ${counted(count, 'container')} of the old ${name} ${when}`),
      );
  if (!before) return [...creates(''), ...route('Route all traffic to the new containers once they are ready')];
  switch (strategy.type) {
    case 'rolling':
      return [
        ...names.map(([name, count]) => rolled(name, count, before, strategy.batch_size, because(name, after, before))),
        ...route('Shift the traffic batch by batch to containers that are ready'),
      ];
    case 'blue-green':
      return [
        ...creates(' beside the old version'),
        ...route('Switch all traffic at once to the new version'),
        ...removes(goesAfter(strategy.keep_previous_ms)),
      ];
    case 'canary':
      return [
        ...creates(' beside the old version, as many as each share of the traffic needs'),
        ...strategy.steps.flatMap(({ percent, duration_ms }) =>
          route(`Give ${percent} % of the traffic to the new version and watch error rate and latency for ${duration(duration_ms)}`),
        ),
        ...route('Give all traffic to the new version'),
        ...removes('once the new version is verified'),
      ];
  }
}

function rolled(name: string, count: number, before: ComposeManifest, batchSize: number, why: string): DraftAction {
  const running = movedScale(before)[name];
  if (running === undefined)
    return draftAction('create', 'container', name, `Create ${counted(count, 'container')} of the new service ${name}`);
  const wanted = count === running ? 'as many new ones' : counted(count, 'container');
  return draftAction(
    'recreate',
    'container',
    name,
    `Replace ${counted(running, 'container')} of ${name} by ${wanted}, ${batchSize} at a time: create, wait until ready, drain and remove as many old ones${why}`,
  );
}

const because = (name: string, after: ComposeManifest, before: ComposeManifest | null): string => {
  const why = before ? reasonOf(name, after, before) : undefined;
  return why === undefined ? '' : ` (${why})`;
};

const removedServices = (after: ComposeManifest, before: ComposeManifest | null): DraftAction[] =>
  Object.keys(before?.services ?? {})
    .filter((name) => !(name in after.services))
    .map((name) =>
      draftAction(
        'delete',
        'container',
        name,
        `Remove ${counted(before!.scale[name] ?? 1, 'container')} of ${name} once the old version goes: the new version has no service ${name}${before!.kept.includes(name) ? '; its volume stays' : ''}`,
      ),
    );
