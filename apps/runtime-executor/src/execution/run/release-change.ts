import { digestOf, resolveStrategy, SlipwayError, type SecretPin } from '@slipway/contracts';
import type { CommandRunner } from '@slipway/event-sourcing';
import type { ChangeInput, RenderedManifest, TargetAccess } from '@slipway/runtime-target';
import type { Redactor, SecretStore } from '@slipway/secrets';
import { releaseBriefType, type KnownRelease } from '../briefs/release.brief';
import { mayPass } from './journal';
import type { Blobs } from './run.ports';

interface ChangePorts {
  readonly runner: CommandRunner;
  readonly blobs: Blobs;
  readonly secrets: SecretStore;
}

/** @throws SlipwayError `unknown_resource` */
export async function loadRelease(runner: CommandRunner, projectId: string, releaseId: string): Promise<KnownRelease> {
  const { state } = await runner.load(releaseBriefType, { projectId, type: 'release', id: releaseId });
  if (state.phase === 'unknown') throw new SlipwayError('unknown_resource', `The log has no release '${releaseId}'.`, { ref: releaseId });
  return state;
}

/** A release's stored draft, fetched and proved to be what was reviewed, ready to be brought into its slot. */
export class ReleaseChange {
  private constructor(
    private readonly ports: ChangePorts,
    readonly release: KnownRelease,
    readonly input: ChangeInput,
  ) {}

  /**
   * @throws SlipwayError `preview_mismatch` when the stored draft or manifest is not the one that was previewed;
   * `dependency_unavailable` when the blob store is away.
   */
  static async load(ports: ChangePorts, release: KnownRelease, access: TargetAccess): Promise<ReleaseChange> {
    const { draft, subject } = release;
    if (digestOf(draft) !== release.previewRef) throw notAsReviewed(draft.release_id, 'its draft does not give its preview_ref');
    return new ReleaseChange(ports, release, {
      access,
      slotId: subject.slot_id,
      releaseId: draft.release_id,
      manifest: await fetchManifest(ports.blobs, draft.release_id, draft.manifest_digest),
      manifestDigest: draft.manifest_digest,
      artifactDigest: subject.artifact_digest,
      strategy: resolveStrategy(subject.strategy),
    });
  }

  /** Values of the pinned secrets, for a step that starts processes; the redactor learns them first. */
  revealSecrets(redactor: Redactor): Promise<Record<string, string>> {
    return revealSecrets(this.ports.secrets, this.release, redactor);
  }
}

/** Values of the secrets that a release pins, by variable name; the redactor learns them first. @throws SlipwayError when one cannot be read */
export async function revealSecrets(secrets: SecretStore, release: KnownRelease, redactor: Redactor): Promise<Record<string, string>> {
  const { projectId, subject } = release;
  const scope = { projectId, environmentId: subject.environment_id };
  const pins = Object.entries(subject.variables).filter((entry): entry is [string, SecretPin] => typeof entry[1] !== 'string');
  const values = await Promise.all(pins.map(async ([name, pin]) => [name, await secrets.reveal(scope, pin)] as const));
  redactor.know(values.map(([, value]) => value));
  return Object.fromEntries(values);
}

async function fetchManifest(blobs: Blobs, releaseId: string, digest: string): Promise<RenderedManifest> {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of await blobs.get(digest)) chunks.push(chunk);
    const manifest: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    if (digestOf(manifest) === digest) return manifest as RenderedManifest;
  } catch (error) {
    if (mayPass(error)) throw error;
    throw notAsReviewed(releaseId, `its manifest ${digest} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  throw notAsReviewed(releaseId, `the manifest found is not ${digest}`);
}

const notAsReviewed = (releaseId: string, why: string): SlipwayError =>
  new SlipwayError('preview_mismatch', `Release '${releaseId}' does not run: ${why}. Preview it again.`, { release_id: releaseId });
