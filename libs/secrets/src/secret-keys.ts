import { createHmac, hkdfSync } from 'node:crypto';
import { SlipwayError } from '@slipway/contracts';

const KEY_BYTES = 32;

/** The keys that follow from the executor's one key: for encryption, and for fingerprints. Never printed, never serialised. */
export class SecretKeys {
  /** Names the key in ciphertexts, so that a wrong key is told apart from a damaged value. */
  readonly id: string;
  readonly encryption: Buffer;
  private readonly fingerprinting: Buffer;

  private constructor(master: Buffer) {
    this.encryption = derive(master, 'slipway secrets: encryption v1');
    this.fingerprinting = derive(master, 'slipway secrets: fingerprint v1');
    this.id = createHmac('sha256', this.fingerprinting).update('key id').digest('hex').slice(0, 16);
  }

  /**
   * @param text 32 bytes in base64, as in SLIPWAY_SECRETS_KEY_FILE.
   * @throws SlipwayError `invalid_request` when it is anything else; the text is not repeated.
   */
  static parse(text: string): SecretKeys {
    const master = Buffer.from(text.trim(), 'base64');
    if (master.length !== KEY_BYTES || master.toString('base64') !== text.trim()) {
      throw new SlipwayError(
        'invalid_request',
        `The secrets key must be ${KEY_BYTES} bytes in base64; make one with 'openssl rand -base64 ${KEY_BYTES}'.`,
      );
    }
    return new SecretKeys(master);
  }

  /**
   * `hmac:<24 hex>`: equal for equal values of one secret, and tells nothing else. Keyed and bound to the place, so the same
   * password in two environments does not show.
   */
  fingerprint(place: { projectId: string; environmentId: string; name: string }, value: string): string {
    const bound = JSON.stringify([place.projectId, place.environmentId, place.name, value]);
    return `hmac:${createHmac('sha256', this.fingerprinting).update(bound).digest('hex').slice(0, 24)}`;
  }

  toJSON(): string {
    return '[secret keys]';
  }
}

const derive = (master: Buffer, purpose: string): Buffer => Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), purpose, KEY_BYTES));
