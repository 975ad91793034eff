import type { CredentialLimits, Grant, Identity, Principal } from '@slipway/contracts';
import type { Credential } from '../access/credential';

/** Who sent a request, and what that may do, from a verified credential. */
export interface Access {
  readonly credential: Credential;
  readonly identity: Identity;
  /** All that is held, everywhere. */
  readonly grants: readonly Grant[];
  /** What may be made from the credential. */
  readonly limits: CredentialLimits;
  /** What the request may use; the guard narrows it to what the request's route needs. */
  readonly principal: Principal;
  /** Seconds since the epoch. */
  readonly expiresS: number;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before the body is read; null on public paths. */
    access: Access | null;
    /** Code of the problem that answered, for the request log. */
    problemCode: string | null;
    startedAt: number;
    /** Says that the request is not under way any more: before its answer's end for what is counted as a stream from then on. */
    leave: (() => void) | null;
  }
}
