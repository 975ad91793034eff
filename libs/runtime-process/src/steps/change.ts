import { connectionOf, isSlipwayError, SlipwayError, type ProcessConnection } from '@slipway/contracts';
import type { ChangeInput, Step, StepContext, StepResult, TargetAccess } from '@slipway/runtime-target';
import type { SlotClient } from '../client/slot-client';
import { asProcessManifest, type ProcessManifest } from '../manifest';
import type { ReleaseStatus, Route, Scale, SlotStatus } from '../protocol';

/** What every step of a change works with. */
export interface Change {
  readonly input: ChangeInput;
  readonly manifest: ProcessManifest;
  readonly slot: SlotClient;
  readonly context: StepContext;
  /** Last lines that the release's replicas wrote. */
  lastLines(releaseId: string): Promise<readonly string[]>;
}
export type ChangeOf = (context: StepContext) => Change;

/** Wraps a body into a step: an abort and an unexpected error become outcomes; a stale fence goes through. */
export function step(name: string, title: string, changeOf: ChangeOf, body: (change: Change) => Promise<StepResult>): Step {
  const run = async (context: StepContext): Promise<StepResult> => {
    try {
      context.signal.throwIfAborted();
      return await body(changeOf(context));
    } catch (error) {
      if (isSlipwayError(error) && error.code === 'stale_fence') throw error;
      if (context.signal.aborted) return { outcome: 'aborted', summary: `${title}: stopped on request`, observed: {} };
      const message = error instanceof Error ? error.message : String(error);
      const bad = isSlipwayError(error) && error.code === 'artifact_invalid';
      return {
        outcome: bad ? 'failed' : 'errored',
        summary: `${title}: ${message}`.slice(0, 1000),
        observed: { code: isSlipwayError(error) ? error.code : 'internal' },
      };
    }
  };
  return { name, title, rerunnable: true, run };
}

/** The slot's status; the steps call it once the release is known there. */
export async function statusOf({ slot }: Change): Promise<SlotStatus> {
  const status = await slot.status();
  if (!status) throw new Error(`the host does not know slot ${slot.slotId}; run the change from its first step`);
  return status;
}

/** The release that owned the slot before this one; null on a first deployment. */
export function incumbentOf(status: SlotStatus, releaseId: string): ReleaseStatus | null {
  if (status.current === null || status.current === releaseId) return null;
  return status.releases.find((release) => release.releaseId === status.current && !release.removing) ?? null;
}

/** Every other release that stands; after a switch that was interrupted it still has its full strength. */
export const othersOf = (status: SlotStatus, releaseId: string): readonly ReleaseStatus[] =>
  status.releases.filter((release) => release.releaseId !== releaseId && !release.removing);

export const releaseOf = (status: SlotStatus, releaseId: string): ReleaseStatus | undefined =>
  status.releases.find((release) => release.releaseId === releaseId && !release.removing);

/** Makes the release known to the host, with its artifact and secrets, at a scale. */
export async function declare({ input, manifest, slot, context }: Change, scale: Scale): Promise<void> {
  const secrets = await secretsOf(manifest, context);
  await slot.ensureArtifact(input.artifactDigest, context);
  await slot.ensureRelease(input.releaseId, {
    fence: context.fence,
    connection: processConnection(input.access),
    artifactDigest: input.artifactDigest,
    manifestDigest: input.manifestDigest,
    manifest,
    scale,
    secrets,
  });
}

/** @throws SlipwayError `dependency_failed` when a pinned secret has no value: a workload never starts without one. */
async function secretsOf(manifest: ProcessManifest, context: StepContext): Promise<Readonly<Record<string, string>>> {
  const names = new Set(Object.values(manifest.processes).flatMap((process) => Object.keys(process.secrets)));
  if (names.size === 0) return {};
  const values = await context.secrets();
  const missing = [...names].filter((name) => !(name in values));
  if (missing.length > 0)
    throw new SlipwayError('dependency_failed', `No value for the secret variables ${missing.join(', ')}.`, { missing });
  return Object.fromEntries([...names].map((name) => [name, values[name]!]));
}

export const emptyScale = (manifest: ProcessManifest): Scale =>
  Object.fromEntries(Object.keys(manifest.processes).map((name) => [name, 0]));

/** All traffic to one release; none when it serves nothing. */
export const allTo = (releaseId: string): readonly Route[] => [{ releaseId, percent: 100 }];

export const changeOf =
  (input: ChangeInput, slot: SlotClient, lastLines: Change['lastLines']): ChangeOf =>
  (context) => ({ input, manifest: asProcessManifest(input.manifest), slot, context, lastLines });

/** @throws TypeError when the target is of another runtime: the executor chose the wrong adapter. */
export function processConnection({ connection }: TargetAccess): ProcessConnection {
  const own = connectionOf('process', connection);
  if (!own) throw new TypeError('not a connection of the process runtime');
  return own;
}

export { fullScale, servingProcess } from '../manifest';
