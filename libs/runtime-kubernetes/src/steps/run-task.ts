import type { V1Deployment, V1JobSpec, V1JobStatus, V1PodTemplateSpec } from '@kubernetes/client-node';
import { setTimeout as pause } from 'node:timers/promises';
import type { ResolvedTask, StepContext, StepResult } from '@slipway/runtime-target';
import { KINDS } from '../api/kinds';
import type { KubeObject } from '../api/kube-object';
import { withSecretsOf, type Release } from '../render/instantiate';
import { environmentOf } from '../render/render-pod';
import { refused } from '../render/refused';
import { labelsOf } from '../render/conventions';
import { LABEL, shortOf, suffixed } from '../slot/names';
import { mainStatus, type Pod } from '../slot/pods';
import { secretsOf, step, type Change, type ChangeOf } from './change';
import { lastLines } from './last-words';

type Job = KubeObject & { spec?: V1JobSpec; status?: V1JobStatus };

const LOOK_EVERY_MS = 200;

/**
 * Runs an admin process as a Job named by the effect: whoever runs the step again finds the Job, and its end, however much later. It
 * stays until the change is settled or the release goes.
 */
export const runTask =
  (changeOf: ChangeOf) =>
  (task: ResolvedTask, context: StepContext): Promise<StepResult> =>
    step(task.name, task.kind === 'migration' ? 'Migrate the data' : `Run hook ${task.name}`, changeOf, (change) =>
      runJob(change, task),
    ).run(context);

async function runJob(change: Change, task: ResolvedTask): Promise<StepResult> {
  const { release, context, client, writer } = change;
  const name = suffixed(`${release.manifest.service_name}-${task.name}`, shortOf(context.effectId));
  await writer.writeSecrets(release, await secretsOf(release, context));
  await beginJob(change, jobOf(release, task, name, context.effectId));
  const giveUpAt = performance.now() + task.timeout_ms + 30_000;
  for (;;) {
    const status = (await client.get<Job>(KINDS.Job, name))?.status;
    if ((status?.succeeded ?? 0) > 0) return ended(change, name, task, 'succeeded', '');
    const failure = status?.conditions?.find(({ type, status: is }) => type === 'Failed' && is === 'True');
    if (failure) return ended(change, name, task, 'failed', failure.reason ?? '');
    if (performance.now() > giveUpAt) return ended(change, name, task, 'errored', 'no end to be seen in time');
    await pause(LOOK_EVERY_MS, undefined, { signal: context.signal });
  }
}

/**
 * A Job is created without a pod, and gets it by a write that only the slot's newest claim can make: what an overtaken one creates late
 * never runs. A Job's time counts from its creation, so that one which never ran is made anew.
 */
async function beginJob({ slot, client, context }: Change, desired: Job): Promise<void> {
  const name = desired.metadata.name!;
  const found = await client.get<Job>(KINDS.Job, name, context.signal);
  if (found && !atRest(found)) return context.log(`Job ${name} exists: attached to it`);
  if (found) await slot.remove(KINDS.Job, name);
  await slot.ensure<Job>(KINDS.Job, desired);
  await slot.amend<Job>(KINDS.Job, name, (live) => (atRest(live) ? { spec: { parallelism: 1 } } : null));
}

const atRest = ({ spec }: Job): boolean => spec?.parallelism === 0;

async function ended(
  { client, context }: Change,
  job: string,
  { kind, name }: ResolvedTask,
  outcome: StepResult['outcome'],
  reason: string,
): Promise<StepResult> {
  const pods = (await client.list<Pod>(KINDS.Pod, `job-name=${job}`)).items;
  const pod = pods.at(-1);
  const lines = pod ? await lastLines(client, pod, 50) : [];
  for (const line of lines) context.log(`  | ${line}`);
  const exitCode = (pod && mainStatus(pod)?.state?.terminated?.exitCode) ?? null;
  const what = kind === 'migration' ? 'The migration' : `Hook ${name}`;
  const why = [exitCode === null ? reason : `exit code ${exitCode}`, lines.at(-1) ?? ''].filter((part) => part !== '').join(': ');
  const summary =
    outcome === 'succeeded' ? `${what} succeeded` : `${what} ${outcome === 'failed' ? 'failed' : 'could not be observed'}: ${why}`;
  return { outcome, summary: summary.slice(0, 1000), observed: { job, exit_code: exitCode, reason, last_lines: lines } };
}

function jobOf(release: Release, task: ResolvedTask, name: string, effectId: string): Job {
  const { manifest, releaseId } = release;
  const process = manifest.processes[task.process];
  const deployment = manifest.resources.find(
    ({ kind, metadata }) => kind === 'Deployment' && metadata.labels?.[LABEL.process] === task.process,
  );
  if (!process || !deployment) throw refused(`tasks.${task.name}.process`, `There is no process ${task.process}.`);
  const template = (deployment['spec'] as NonNullable<V1Deployment['spec']>).template;
  const labels = { ...labelsOf(manifest, task.process), [LABEL.release]: releaseId, [LABEL.effect]: shortOf(effectId) };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, labels },
    spec: {
      parallelism: 0,
      completions: 1,
      backoffLimit: 0,
      activeDeadlineSeconds: Math.ceil(task.timeout_ms / 1000),
      template: taskTemplate(template, release, task, labels),
    },
  };
}

function taskTemplate(
  template: V1PodTemplateSpec,
  release: Release,
  task: ResolvedTask,
  labels: Record<string, string>,
): V1PodTemplateSpec {
  const process = release.manifest.processes[task.process]!;
  const spec = withSecretsOf(release, {
    ...template.spec!,
    restartPolicy: 'Never',
    containers: template.spec!.containers.map(({ name, image, imagePullPolicy, resources, securityContext, volumeMounts }) => ({
      name,
      image,
      imagePullPolicy,
      resources,
      securityContext,
      volumeMounts,
      command: [...task.command],
      env: environmentOf(release.manifest, process, task.env),
    })),
  });
  return { metadata: { labels }, spec };
}
