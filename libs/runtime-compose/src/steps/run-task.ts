import type { ChangeInput, ResolvedTask, StepContext, StepResult } from '@slipway/runtime-target';
import { HostDocument } from '../host/host-document';
import { factsOf } from '../host/host-report';
import { asComposeManifest } from '../manifest/compose-manifest';
import { taskDocument } from '../manifest/write-documents';
import type { ComposePlace } from '../slot/compose-place';
import { SlotNames } from '../slot/slot-names';

const STALE = 75;
/** The run had begun earlier, and nothing shows what became of it. */
const LOST = 76;

/**
 * Runs an admin process once, as a container of its own. Its run at the host is the ledger: asked for again under the same effect
 * id it is attached to, or its recorded end is answered. One that had begun and left no container cannot be told: the host lost it.
 */
export async function runTask(place: ComposePlace, input: ChangeInput, task: ResolvedTask, context: StepContext): Promise<StepResult> {
  const names = new SlotNames(place.connection, input.slotId);
  const manifest = asComposeManifest(input.manifest);
  const effect = `${context.effectId} ${input.slotId} task ${task.name}`;
  const project = names.task(effect);
  const directory = `tasks/${project}`;
  const owner = {
    slotId: input.slotId,
    releaseId: input.releaseId,
    artifactDigest: input.artifactDigest,
    manifestDigest: input.manifestDigest,
  };
  const document = new HostDocument().add('network', manifest.kept.length > 0 ? names.kept : names.front);
  for (const volume of manifest.volumes) document.add('volume', names.volume(volume));
  document.put(`${directory}/compose.json`, taskDocument(manifest, names, owner, await context.secrets(), task));
  document.add('task', project, directory, Math.ceil(task.timeout_ms / 1000));
  const report = await place.host.attempt(names.place, document, {
    fence: context.fence,
    name: effect,
    once: task.kind === 'hook',
    signal: context.signal,
    log: (line) => context.log(line),
  });
  if (report.stale !== undefined || report.exit === STALE) return staleAgain(place, names, context);
  if (report.exit === LOST) {
    return {
      outcome: 'errored',
      summary: `The host lost the run of ${task.name}: it cannot be told whether it happened`,
      observed: { effect },
    };
  }
  const [code, oomKilled] = factsOf(report, 'task').at(-1) ?? [];
  const timedOut = factsOf(report, 'task').some(([word]) => word === 'timeout');
  return resultOf(task, code, oomKilled === 'true', timedOut, report.output);
}

/** Says by the port's error that a newer claim stands. */
async function staleAgain(place: ComposePlace, names: SlotNames, { fence }: StepContext): Promise<never> {
  await place.host.claim(names.place, new HostDocument(), { fence });
  throw new Error('the host changed its mind about the newest claim');
}

function resultOf(
  task: ResolvedTask,
  code: string | undefined,
  oomKilled: boolean,
  timedOut: boolean,
  output: readonly string[],
): StepResult {
  const observed = { exit_code: code === undefined ? null : Number(code), oom_killed: oomKilled, last_lines: output.slice(-40) };
  if (code === '0' && !timedOut) return { outcome: 'succeeded', summary: `${task.name} ended well`, observed };
  const how = timedOut
    ? `did not end within ${Math.round(task.timeout_ms / 1000)} s and was stopped`
    : oomKilled
      ? 'ran out of memory'
      : code === undefined
        ? 'could not be started'
        : `ended with exit code ${code}`;
  const said = output.at(-1);
  return {
    outcome: 'failed',
    summary: `${task.name} ${how}${said === undefined ? '' : `; it said last: ${said.slice(0, 300)}`}`,
    observed,
  };
}
