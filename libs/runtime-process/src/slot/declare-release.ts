import { SlipwayError } from '@slipway/contracts';
import type { ChangeInput, StepContext } from '@slipway/runtime-target';
import { processConnection } from '../access';
import type { SlotClient } from '../client/slot-client';
import { asProcessManifest, type ProcessManifest } from '../manifest';
import type { Scale } from '../protocol';

/** Makes the release known to the host, with its artifact and secrets, at a scale. */
export async function declareRelease(slot: SlotClient, input: ChangeInput, context: StepContext, scale: Scale): Promise<void> {
  const manifest = asProcessManifest(input.manifest);
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
