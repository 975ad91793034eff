import type { Principal } from '@slipway/contracts';

/** Who sent a request, from its verified token. */
export interface Access {
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
  }
}
