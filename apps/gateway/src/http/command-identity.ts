import { createHmac, hkdfSync, randomUUID } from 'node:crypto';
import { canonicalJson, deriveId, SlipwayError } from '@slipway/contracts';

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,200}$/;

export interface CommandIdentity {
  readonly commandId: string;
  readonly requestDigest?: string;
}

/**
 * Names commands. The same key from the same caller on the same route and resource is the same command; the digest tells
 * whether it also is the same request. The digest is keyed: it enters the event log, and a request may hold a secret.
 */
export class CommandIdentities {
  private readonly key: Buffer;

  /** @param secret shared by all replicas of the gateway; what is derived from it is used for digests alone. */
  constructor(secret: string) {
    this.key = Buffer.from(hkdfSync('sha256', secret, '', 'slipway request digest', 32));
  }

  /**
   * @param place method, route pattern and path parameters
   * @throws SlipwayError `invalid_request` for a key that is none.
   */
  of(actorId: string, place: readonly string[], idempotencyKey: unknown, request: unknown): CommandIdentity {
    if (idempotencyKey === undefined) return { commandId: deriveId('command', actorId, randomUUID()) };
    if (typeof idempotencyKey !== 'string' || !IDEMPOTENCY_KEY.test(idempotencyKey)) {
      throw new SlipwayError('invalid_request', 'Idempotency-Key must be 1 to 200 visible ASCII characters.');
    }
    const digest = createHmac('sha256', this.key).update(canonicalJson(request)).digest('hex');
    return { commandId: deriveId('command', actorId, ...place, idempotencyKey), requestDigest: `sha256:${digest}` };
  }
}
