import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { canonicalJson, SlipwayError } from '@slipway/contracts';
import type { SecretKeys } from './secret-keys';

/** Where a sealed value belongs: part of what is authenticated, so a ciphertext moved elsewhere does not open. */
export interface SecretPlace {
  readonly projectId: string;
  readonly environmentId: string;
  readonly name: string;
  readonly version: number;
  /** For whom it is: a credential opens for the endpoint it was given for, and no other. */
  readonly endpoint?: string;
}

/** AES-256-GCM with a random 96-bit nonce and the place as additional data; binary members in base64. */
export interface SealedValue {
  readonly format: 'slipway-secret/v1';
  readonly key_id: string;
  readonly nonce: string;
  readonly ciphertext: string;
  readonly tag: string;
}

const NONCE_BYTES = 12;
const authenticated = (place: SecretPlace): Buffer =>
  Buffer.from(
    canonicalJson({
      project: place.projectId,
      environment: place.environmentId,
      name: place.name,
      version: place.version,
      endpoint: place.endpoint,
    }),
  );

export function seal(keys: SecretKeys, place: SecretPlace, value: string): SealedValue {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keys.encryption, nonce).setAAD(authenticated(place));
  const ciphertext = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  return {
    format: 'slipway-secret/v1',
    key_id: keys.id,
    nonce: nonce.toString('base64'),
    ciphertext: ciphertext.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
  };
}

/** @throws SlipwayError `dependency_failed` when the key is another one, or the value was changed or moved. */
export function open(keys: SecretKeys, place: SecretPlace, sealed: SealedValue): string {
  const details = { environment_id: place.environmentId, name: place.name, version: place.version };
  const key = keys.withId(sealed.key_id);
  if (!key) {
    throw new SlipwayError(
      'dependency_failed',
      `Secret '${place.name}' was sealed with a key that is not given any more; give that key again, below the present one, or put the secret again.`,
      details,
    );
  }
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.encryption, Buffer.from(sealed.nonce, 'base64'), { authTagLength: 16 });
    decipher.setAAD(authenticated(place)).setAuthTag(Buffer.from(sealed.tag, 'base64'));
    return Buffer.concat([decipher.update(Buffer.from(sealed.ciphertext, 'base64')), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new SlipwayError(
      'dependency_failed',
      `Secret '${place.name}' does not open: its stored form was changed or moved; put it again.`,
      details,
      { cause },
    );
  }
}
