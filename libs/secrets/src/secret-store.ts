import { deriveId, isDerivedId, SlipwayError, unknownResource, type SecretPin } from '@slipway/contracts';
import { open, seal, type SealedValue, type SecretPlace } from './seal';
import type { SecretBucket } from './secret-bucket';
import type { SecretKeys } from './secret-keys';

/** Whose secrets: every operation names project and environment. */
export interface SecretScope {
  readonly projectId: string;
  readonly environmentId: string;
}

/** A stored secret without its value. */
export interface SecretHead {
  readonly name: string;
  readonly version: number;
  readonly fingerprint: string;
  readonly updated_at: string;
  readonly updated_by: string;
}

const MAX_RACES = 20;

/**
 * Secrets of environments, write-only: `put` and `sealValue` take values in, only `reveal` gives one out, to a step that
 * runs. Versions are immutable, so what a draft pinned stays what runs. Keys: `<project>.<environment>.<name>.<version>`
 * holds a ciphertext, `...<name>.head` says which version is the latest.
 */
export class SecretStore {
  constructor(
    private readonly bucket: SecretBucket,
    private readonly keys: SecretKeys,
  ) {}

  /**
   * Stores the next version; the same value again changes nothing.
   * @throws SlipwayError `invalid_request` for a name that looks like an id, `stale_version` after too many lost races.
   */
  async put(scope: SecretScope, name: string, value: string, by: { actorId: string; now: string }): Promise<SecretHead> {
    if (isDerivedId(name)) throw new SlipwayError('invalid_request', `'${name}' looks like an id; give the secret a name of its own.`);
    const fingerprint = this.keys.fingerprint({ ...scope, name }, value);
    for (let race = 0, version = 1; race < MAX_RACES; race++) {
      const before = await this.bucket.get(headKey(scope, name));
      const latest = before ? headOf(before.value) : undefined;
      if (latest?.fingerprint === fingerprint) return latest;
      version = Math.max(version, (latest?.version ?? 0) + 1);
      if (!(await this.store({ ...scope, name, version }, value))) {
        // A writer died between version and head, or is about to write the head: the next number is free.
        version++;
        continue;
      }
      const head: SecretHead = { name, version, fingerprint, updated_at: by.now, updated_by: by.actorId };
      if (await this.writeHead(scope, name, head, before?.revision)) return head;
    }
    throw new SlipwayError('stale_version', `Secret '${name}' is being changed by others right now; nothing was changed. Try again.`);
  }

  /** Seals a value that has no name of its own. The same value gives the same pin, so a repeated request is one secret. */
  async sealValue(scope: SecretScope, value: string): Promise<SecretPin> {
    const fingerprint = this.keys.fingerprint({ ...scope, name: '' }, value);
    const name = deriveId('secret', scope.projectId, scope.environmentId, fingerprint);
    await this.store({ ...scope, name, version: 1 }, value);
    return { secret_ref: name, version: 1, fingerprint };
  }

  /** The latest version of a named secret, as a draft pins it. @throws SlipwayError `unknown_resource` */
  async pin(scope: SecretScope, name: string): Promise<SecretPin> {
    const entry = await this.bucket.get(headKey(scope, name));
    if (!entry) throw unknownResource('secret', name);
    const { version, fingerprint } = headOf(entry.value);
    return { secret_ref: name, version, fingerprint };
  }

  async list(scope: SecretScope): Promise<SecretHead[]> {
    const keys = await this.bucket.keys(`${scopeKey(scope)}.*.head`);
    const entries = await Promise.all(keys.map((key) => this.bucket.get(key)));
    const heads = entries.flatMap((entry) => (entry ? [headOf(entry.value)] : []));
    return heads.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /**
   * The value, for the environment of a process that is started. Never log it, never return it.
   * @throws SlipwayError `unknown_resource`, `dependency_failed` when it does not open.
   */
  async reveal(scope: SecretScope, pin: SecretPin): Promise<string> {
    const place = { ...scope, name: pin.secret_ref, version: pin.version };
    const entry = await this.bucket.get(versionKey(place));
    if (!entry) throw unknownResource('secret', `${pin.secret_ref}, version ${pin.version}`);
    // The bucket is written by this class alone; a foreign shape fails to open.
    return open(this.keys, place, JSON.parse(entry.value) as SealedValue);
  }

  /** Takes everything sealed for the environment away for good: it was deleted. */
  async forget(scope: SecretScope): Promise<void> {
    for (const key of await this.bucket.keys(`${scopeKey(scope)}.*.*`)) await this.bucket.remove(key);
  }

  private store(place: SecretPlace, value: string): Promise<boolean> {
    return this.bucket.create(versionKey(place), JSON.stringify(seal(this.keys, place, value)));
  }

  private writeHead(scope: SecretScope, name: string, head: SecretHead, revision: number | undefined): Promise<boolean> {
    const value = JSON.stringify(head);
    return revision === undefined
      ? this.bucket.create(headKey(scope, name), value)
      : this.bucket.update(headKey(scope, name), value, revision);
  }
}

const scopeKey = (scope: SecretScope): string => `${scope.projectId}.${scope.environmentId}`;
const headKey = (scope: SecretScope, name: string): string => `${scopeKey(scope)}.${name}.head`;
const versionKey = (place: SecretPlace): string => `${scopeKey(place)}.${place.name}.${place.version}`;
const headOf = (text: string): SecretHead => JSON.parse(text) as SecretHead;
