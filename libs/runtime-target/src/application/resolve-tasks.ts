import { servingProcessOf, type ArtifactManifest, type Hook, type PlannedAction } from '@slipway/contracts';
import type { Step, StepContext, StepResult } from '../steps';

/** An admin process that runs once, as it is stored in a rendered manifest. Milliseconds. */
export interface ResolvedTask {
  readonly name: string;
  readonly kind: 'migration' | 'hook';
  readonly when: 'before' | 'after';
  /** Whose image, environment and volumes it has. */
  readonly process: string;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly timeout_ms: number;
  readonly one_way: boolean;
  readonly on_rollback: boolean;
}

const DEFAULT_TIMEOUT_MS = 600_000;

/** The migration, then the hooks before, then the hooks after; in the order in which they run. */
export function resolveTasks(manifest: ArtifactManifest): readonly ResolvedTask[] {
  const { migration, hooks } = manifest;
  const process = servingProcessOf(manifest) ?? Object.keys(manifest.processes ?? {})[0] ?? '';
  const hook =
    (when: ResolvedTask['when']) =>
    (spec: Hook): ResolvedTask => ({
      name: spec.name,
      kind: 'hook',
      when,
      process: spec.process ?? process,
      command: spec.command,
      env: spec.env ?? {},
      timeout_ms: spec.timeout_ms ?? DEFAULT_TIMEOUT_MS,
      one_way: spec.one_way ?? false,
      on_rollback: spec.on_rollback ?? false,
    });
  return [
    ...(migration
      ? [
          {
            name: 'migration',
            kind: 'migration' as const,
            when: 'before' as const,
            process: migration.process ?? process,
            command: migration.command,
            env: migration.env ?? {},
            timeout_ms: migration.timeout_ms ?? DEFAULT_TIMEOUT_MS,
            one_way: migration.one_way,
            on_rollback: false,
          },
        ]
      : []),
    ...(hooks?.before ?? []).map(hook('before')),
    ...(hooks?.after ?? []).map(hook('after')),
  ];
}

/** As the preview names them. `act` rollback: only what runs then. */
export const plannedTasks = (tasks: readonly ResolvedTask[], when: ResolvedTask['when']): readonly Omit<PlannedAction, 'ordinal'>[] =>
  tasks
    .filter((task) => task.when === when)
    .map(({ name, kind, command, one_way }) => ({
      verb: 'run',
      kind,
      name,
      summary: `Run ${kind === 'migration' ? 'the migration' : `hook ${name}`}: ${command.join(' ')}`.slice(0, 500),
      one_way,
    }));

/** How a runtime runs a task once: attaches to the run of `context.effectId` if there is one, observes its end. */
export type RunTask = (task: ResolvedTask, context: StepContext) => Promise<StepResult>;

/**
 * Tasks as steps of a change. A migration is idempotent by contract and may run again after a crash; a hook that died half-way
 * is for an operator to judge, unless the runtime can tell by its effect id (`ledger`).
 */
export function taskSteps(
  tasks: readonly ResolvedTask[],
  when: ResolvedTask['when'],
  act: 'apply' | 'rollback',
  options: { readonly ledger: boolean; readonly run: RunTask },
): readonly Step[] {
  return tasks
    .filter((task) => task.when === when && (act === 'apply' || task.on_rollback))
    .map((task) => ({
      name: task.kind === 'migration' ? 'migrate' : `hook-${when}-${task.name}`,
      title: task.kind === 'migration' ? 'Migrate the data' : `Run hook ${task.name}`,
      rerunnable: task.kind === 'migration' || options.ledger,
      task: true,
      run: (context) => options.run(task, context),
    }));
}
