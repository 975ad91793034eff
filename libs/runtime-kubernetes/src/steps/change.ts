import { isSlipwayError, SlipwayError } from '@slipway/contracts';
import { fullScale, isPassing, type ChangeInput, type Step, type StepContext, type StepResult } from '@slipway/runtime-target';
import type { KubeClient } from '../api/kube-client';
import { KubeApiError, toSlipwayError } from '../api/kube-errors';
import { asKubernetesManifest } from '../render/manifest';
import type { Release, Scale } from '../render/instantiate';
import { FencedSlot } from '../slot/fenced-slot';
import { SlotReader } from '../slot/slot-reader';
import type { SlotRecord } from '../slot/slot-record';
import { SlotWriter } from '../slot/slot-writer';

/** What every step of a change works with. */
export interface Change {
  readonly input: ChangeInput;
  readonly release: Release;
  readonly context: StepContext;
  readonly client: KubeClient;
  readonly slot: FencedSlot;
  readonly reader: SlotReader;
  readonly writer: SlotWriter;
  /** The slot's record as the step's claim found it. */
  readonly claimed: SlotRecord;
}
export type ChangeOf = (context: StepContext) => Promise<Change>;

export const changeOf =
  (input: ChangeInput, clientOf: () => Promise<KubeClient>): ChangeOf =>
  async (context) => {
    const manifest = asKubernetesManifest(input.manifest);
    const { releaseId, manifestDigest, artifactDigest } = input;
    return {
      input,
      context,
      release: { releaseId, manifest, manifestDigest, artifactDigest },
      ...(await slotOf(await clientOf(), input.slotId, context)),
    };
  };

export async function slotOf(
  client: KubeClient,
  slotId: string,
  { fence, signal }: StepContext,
): Promise<Pick<Change, 'client' | 'slot' | 'reader' | 'writer' | 'claimed'>> {
  const slot = new FencedSlot(client, slotId, fence, signal);
  const claimed = await slot.claim();
  const reader = new SlotReader(client, slotId);
  return { client, slot, reader, writer: new SlotWriter(slot, reader), claimed };
}

/** Wraps a body into a step: an abort and an unexpected error become outcomes; a stale fence, and what may pass by itself, go through. */
export function step(name: string, title: string, changeOf: ChangeOf, body: (change: Change) => Promise<StepResult>): Step {
  const run = async (context: StepContext): Promise<StepResult> => {
    try {
      context.signal.throwIfAborted();
      return await body(await changeOf(context));
    } catch (error) {
      if (isSlipwayError(error) && error.code === 'stale_fence') throw error;
      if (context.signal.aborted) return { outcome: 'aborted', summary: `${title}: stopped on request`, observed: {} };
      const failure = error instanceof KubeApiError ? toSlipwayError(error, title.toLowerCase()) : error;
      if (isPassing(failure)) throw failure;
      const invalid = error instanceof KubeApiError && [400, 413, 422].includes(error.status);
      return unexpected(title, failure, invalid);
    }
  };
  return { name, title, rerunnable: true, run };
}

/** A manifest that the cluster does not take is bad; anything else could not be told. */
function unexpected(title: string, failure: unknown, invalid: boolean): StepResult {
  const message = failure instanceof Error ? failure.message : String(failure);
  const refused = isSlipwayError(failure) && failure.code === 'manifest_refused';
  return {
    outcome: invalid || refused ? 'failed' : 'errored',
    summary: `${title}: ${message}`.slice(0, 1000),
    observed: { code: isSlipwayError(failure) ? failure.code : 'internal' },
  };
}

/** The release that owned the slot before this one; null on a first deployment. */
export const incumbentOf = ({ current, releases }: SlotRecord, releaseId: string): string | null =>
  current !== null && current !== releaseId && releases.some((entry) => entry.releaseId === current) ? current : null;

/** That release as it was brought here. `record`: as it stands; default: as the step's claim found it. */
export async function incumbent({ reader, input, claimed }: Change, record = claimed): Promise<Release | null> {
  const releaseId = incumbentOf(record, input.releaseId);
  return releaseId === null ? null : reader.release(releaseId, record);
}

export const noScale = ({ manifest }: Release): Scale => Object.fromEntries(Object.keys(manifest.processes).map((name) => [name, 0]));
export const scaleOf = ({ manifest }: Release): Scale => fullScale(manifest);

/** Replicas that each process of the release is asked to have now; none where it has no workload. */
export async function standingScale({ reader }: Pick<Change, 'reader'>, releaseId: string): Promise<Scale> {
  const deployments = await reader.deployments();
  return Object.fromEntries(
    deployments
      .filter(({ metadata }) => metadata.labels?.['slipway.dev/release'] === releaseId)
      .map(({ metadata, spec }) => [metadata.labels?.['slipway.dev/process'] ?? '', spec.replicas ?? 0]),
  );
}

/** @throws SlipwayError `dependency_failed` when a pinned secret has no value: a workload never starts without one. */
export async function secretsOf({ manifest }: Release, context: StepContext): Promise<Readonly<Record<string, string>>> {
  const names = new Set(Object.values(manifest.processes).flatMap((process) => Object.keys(process.secrets)));
  if (names.size === 0) return {};
  const values = await context.secrets();
  const missing = [...names].filter((name) => !(name in values));
  if (missing.length > 0)
    throw new SlipwayError('dependency_failed', `No value for the secret variables ${missing.join(', ')}.`, { missing });
  return Object.fromEntries([...names].map((name) => [name, values[name]!]));
}
