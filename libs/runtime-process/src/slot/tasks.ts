import { setTimeout as pause } from 'node:timers/promises';
import {
  changeStep,
  giveBack,
  taskSteps,
  type Change,
  type ChangeInput,
  type ChangeOf,
  type ResolvedTask,
  type Step,
  type StepResult,
} from '@slipway/runtime-target';
import { asProcessManifest } from '../manifest';
import type { TaskStatus } from '../protocol';
import type { ProcessSlot } from './process-slot';

/** A change whose slot is one of this runtime's host. */
export interface ProcessChange extends Change {
  readonly slot: ProcessSlot;
}

const LOOK_EVERY_MS = 100;
const LAST_LINES = 40;

/** The migration and the hooks of a release as steps; the host keeps the ledger of their effects. */
export const tasksOf = (
  input: ChangeInput,
  when: ResolvedTask['when'],
  act: 'apply' | 'rollback',
  changeOf: ChangeOf<ProcessChange>,
): readonly Step[] =>
  taskSteps(asProcessManifest(input.manifest).tasks, when, act, {
    ledger: true,
    run: (task, context) => changeStep(task.name, `Run ${task.name}`, changeOf, (change) => runTask(task, change)).run(context),
  });

/**
 * Starts the admin process, or attaches to the one of this effect, and waits for its end. A migration is idempotent: one whose end nobody
 * saw, because the host died, runs again.
 */
async function runTask(task: ResolvedTask, change: ProcessChange): Promise<StepResult> {
  const { input, context } = change;
  const { client } = change.slot;
  const effect = `${context.effectId}-${task.when}-${task.name}`;
  const { name, process, command, env, timeout_ms: timeoutMs } = task;
  const once = task.kind === 'hook';
  const wanted = { fence: context.fence, releaseId: input.releaseId, name, process, command, env, timeoutMs, once };
  const lines: string[] = [];
  await client.runTask(effect, wanted);
  for (let from = 0; ;) {
    const status = await client.task(effect, from);
    for (const line of status.text.split('\n').slice(0, -1)) {
      context.log(line);
      lines.push(line);
    }
    from = status.next;
    if (status.state === 'lost' && !once) {
      context.log(`nobody saw how ${name} ended; it runs again`);
      await client.runTask(effect, wanted);
    } else if (status.state !== 'running') {
      return ended(task, status, lines.slice(-LAST_LINES), change);
    }
    await pause(LOOK_EVERY_MS, undefined, { signal: context.signal });
  }
}

function ended(task: ResolvedTask, status: TaskStatus, lines: readonly string[], change: Change): StepResult | Promise<StepResult> {
  const observed = { exit_code: status.code, signal: status.signal, last_lines: lines };
  if (status.state === 'lost') {
    return { outcome: 'errored', summary: `The host lost the run of ${task.name}: it cannot be told whether it happened`, observed };
  }
  if (status.code === 0 && !status.timedOut) return { outcome: 'succeeded', summary: `${task.name} ended well`, observed };
  const said = lines.at(-1);
  return giveBack(
    change,
    'failed',
    `${task.name} ${how(task, status)}${said === undefined ? '' : `; it said last: ${said.slice(0, 300)}`}`,
    observed,
  );
}

function how({ timeout_ms }: ResolvedTask, { code, signal, timedOut }: TaskStatus): string {
  if (timedOut) return `did not end within ${Math.round(timeout_ms / 1000)} s and was stopped`;
  if (signal !== null) return `was ended by ${signal}`;
  return code === null ? 'could not be started' : `ended with exit code ${code}`;
}
