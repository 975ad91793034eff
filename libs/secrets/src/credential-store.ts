import { SlipwayError, type CredentialPin, type PrometheusCredential, type TargetCredential } from '@slipway/contracts';
import { open, seal, type SealedValue } from './seal';
import type { SecretBucket } from './secret-bucket';
import type { SecretKeys } from './secret-keys';

/** Whose credential, and for which endpoint: authenticated with the ciphertext, so it opens for no other. */
export interface CredentialPlace {
  readonly projectId: string;
  readonly targetId: string;
  /** `endpointOf(connection)` of contracts, or `prometheusEndpointOf`. */
  readonly endpoint: string;
  /** What it opens; each has versions of its own. Default: the target. */
  readonly use?: 'target' | 'prometheus';
}
type Credential = TargetCredential | PrometheusCredential;

const MAX_VERSIONS_TRIED = 1000;

/**
 * Credentials of targets: write-only, one immutable version after the other. Keys: `<project>.credential.<target>.<version>` (`.prometheus.` for
 * the login of its Prometheus). What a
 * target's latest event pins is what opens it, so a rotation needs no release.
 */
export class CredentialStore {
  constructor(
    private readonly bucket: SecretBucket,
    private readonly keys: SecretKeys,
  ) {}

  /** Stores the next version; the same credential for the same endpoint, given again, is the version that it was. */
  async put(place: CredentialPlace, credential: Credential, now: string): Promise<CredentialPin> {
    const value = JSON.stringify(credential);
    const fingerprint = this.fingerprint(place, credential);
    const pin = { kind: credential.kind, fingerprint, stored_at: now };
    for (let version = (await this.latest(place)) + 1, tried = 0; tried < MAX_VERSIONS_TRIED; version++, tried++) {
      const same = version > 1 ? await this.read(place, version - 1) : undefined;
      if (same?.fingerprint === fingerprint) return { ...pin, version: version - 1, stored_at: same.stored_at };
      const stored: Stored = { fingerprint, stored_at: now, sealed: seal(this.keys, secretPlace(place, version), value) };
      if (await this.bucket.create(key(place, version), JSON.stringify(stored))) return { ...pin, version };
    }
    throw new SlipwayError('stale_version', 'The credential is being changed by others right now; nothing was changed. Try again.');
  }

  /**
   * The credential, for the one who connects now. Never log it, never keep it.
   * @throws SlipwayError `credential_refused` when there is none for this endpoint, `dependency_unavailable`
   */
  async reveal<C extends Credential = TargetCredential>(place: CredentialPlace, pin: CredentialPin): Promise<C> {
    const stored = await this.read(place, pin.version);
    if (!stored) throw refused(place, pin, 'is not stored any more');
    if (stored.fingerprint !== pin.fingerprint) throw refused(place, pin, 'is not the one that was pinned');
    try {
      return JSON.parse(open(this.keys, secretPlace(place, pin.version), stored.sealed)) as C;
    } catch (cause) {
      throw refused(place, pin, 'does not open for this endpoint', cause);
    }
  }

  /** Keyed, as in the pin: tells two credentials of a place apart and gives neither away. */
  fingerprint({ projectId, targetId, endpoint }: CredentialPlace, credential: Credential): string {
    return this.keys.fingerprint({ projectId, environmentId: targetId, name: endpoint }, JSON.stringify(credential));
  }

  /** Takes the versions below `version` away for good: after a rotation nobody can use them again. */
  async forgetBefore(place: Omit<CredentialPlace, 'endpoint'>, version: number): Promise<void> {
    for (const found of await this.bucket.keys(`${prefix(place)}.*`)) {
      if (versionOf(found) < version) await this.bucket.remove(found);
    }
  }

  /** Takes all of a target away for good, for it was deleted. */
  async forget(target: Pick<CredentialPlace, 'projectId' | 'targetId'>): Promise<void> {
    for (const use of ['target', 'prometheus'] as const) await this.forgetBefore({ ...target, use }, Infinity);
  }

  private async latest(place: CredentialPlace): Promise<number> {
    return Math.max(0, ...(await this.bucket.keys(`${prefix(place)}.*`)).map(versionOf));
  }

  private async read(place: CredentialPlace, version: number): Promise<Stored | undefined> {
    const entry = await this.bucket.get(key(place, version));
    // The bucket is written by this class alone; a foreign shape fails to open.
    return entry && (JSON.parse(entry.value) as Stored);
  }
}

interface Stored {
  readonly fingerprint: string;
  readonly stored_at: string;
  readonly sealed: SealedValue;
}

const nameOf = ({ use }: Pick<CredentialPlace, 'use'>): string => (use === 'prometheus' ? 'prometheus' : 'credential');
const prefix = (place: Omit<CredentialPlace, 'endpoint'>): string => `${place.projectId}.${nameOf(place)}.${place.targetId}`;
const key = (place: CredentialPlace, version: number): string => `${prefix(place)}.${version}`;
const versionOf = (found: string): number => Number(found.slice(found.lastIndexOf('.') + 1));
const secretPlace = (place: CredentialPlace, version: number) => ({
  projectId: place.projectId,
  environmentId: place.targetId,
  name: nameOf(place),
  version,
  endpoint: place.endpoint,
});

const refused = ({ targetId }: CredentialPlace, { kind, version }: CredentialPin, why: string, cause?: unknown): SlipwayError =>
  new SlipwayError(
    'credential_refused',
    `The ${kind} of target '${targetId}', version ${version}, ${why}; give the target its credential again.`,
    { target_id: targetId, version },
    { cause },
  );
