import { createHmac, hkdfSync } from 'node:crypto';
import { SlipwayError } from '@slipway/contracts';

const KEY_BYTES = 32;

/**
 * The keys that follow from a service's key: for encryption, and for fingerprints; and those of its earlier keys, which open what was
 * sealed with them. Never printed, never serialised.
 */
export class SecretKeys {
  /** Names the key in ciphertexts, so that a wrong key is told apart from a damaged value. */
  readonly id: string;
  readonly encryption: Buffer;
  private readonly fingerprinting: Buffer;

  private constructor(
    master: Buffer,
    private readonly earlier: readonly SecretKeys[] = [],
  ) {
    this.encryption = derive(master, 'slipway secrets: encryption v1');
    this.fingerprinting = derive(master, 'slipway secrets: fingerprint v1');
    this.id = createHmac('sha256', this.fingerprinting).update('key id').digest('hex').slice(0, 16);
  }

  /**
   * @param text 32 bytes in base64, as in SLIPWAY_SECRETS_KEY_FILE; earlier keys on lines of their own below it.
   * @throws SlipwayError `invalid_request` when it is anything else; the text is not repeated.
   */
  static parse(text: string): SecretKeys {
    const [first, ...earlier] = text
      .trim()
      .split(/\s*\n\s*/)
      .map(masterOf);
    return new SecretKeys(
      first!,
      earlier.map((master) => new SecretKeys(master)),
    );
  }

  /** The key of that id, if it is this one or an earlier one. */
  withId(id: string): SecretKeys | undefined {
    return [this, ...this.earlier].find((keys) => keys.id === id);
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

function masterOf(text: string): Buffer {
  const master = Buffer.from(text, 'base64');
  if (master.length === KEY_BYTES && master.toString('base64') === text) return master;
  throw new SlipwayError(
    'invalid_request',
    `The secrets key must be ${KEY_BYTES} bytes in base64, and so must each earlier one below it; make one with 'openssl rand -base64 ${KEY_BYTES}'.`,
  );
}

const derive = (master: Buffer, purpose: string): Buffer => Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), purpose, KEY_BYTES));
