import type { EventOf, TokenEvent } from '@slipway/contracts';

export interface KnownToken {
  readonly id: string;
  readonly projectId: string;
  readonly detail: EventOf<'token.created'>['detail'];
  readonly createdBy: string;
  readonly createdAt: string;
  readonly revokedAt: string | null;
  readonly digest: string;
  /** The secret before the last rotation, and until when it works. */
  readonly previous: { readonly digest: string; readonly until: string } | null;
}

/** How long a token that has ended is still known, so that its holder is told why it works no more, and lists show it. */
const REMEMBERED_MS = 24 * 60 * 60 * 1000;
/** Revoked ones at most: who makes and ends tokens in a loop fills no memory with them. */
export const MOST_REVOKED = 10_000;
const SWEEP_MS = 60 * 60 * 1000;

const isForgotten = (endedAt: string, now: number): boolean => Date.parse(endedAt) + REMEMBERED_MS <= now;

/** The tokens that work, and for a day those that do no more. */
export class KnownTokens {
  private readonly known = new Map<string, KnownToken>();
  /** In the order in which they were revoked. */
  private readonly revoked = new Set<string>();
  private sweptAt = 0;

  get tokens(): ReadonlyMap<string, KnownToken> {
    return this.known;
  }

  take(event: TokenEvent, now = Date.now()): void {
    const { resource_id: id, project_id: projectId, occurred_at: at } = event;
    this.sweep(now);
    if (event.action === 'token.created') {
      const { detail, actor_id: createdBy } = event;
      if (isForgotten(detail.expires_at, now)) return;
      const digest = detail.secret_digest;
      this.known.set(id, { id, projectId, detail, createdBy, createdAt: at, revokedAt: null, digest, previous: null });
      return;
    }
    const before = this.known.get(id);
    if (!before) return;
    if (event.action === 'token.revoked') this.revoke(before, at, now);
    else {
      const previous = { digest: before.digest, until: event.detail.previous_until };
      this.known.set(id, { ...before, digest: event.detail.secret_digest, previous });
    }
  }

  private revoke(token: KnownToken, at: string, now: number): void {
    if (isForgotten(at, now)) return this.forget(token.id);
    this.known.set(token.id, { ...token, revokedAt: token.revokedAt ?? at });
    this.revoked.add(token.id);
    if (this.revoked.size <= MOST_REVOKED) return;
    for (const oldest of this.revoked) return this.forget(oldest);
  }

  private sweep(now: number): void {
    if (now - this.sweptAt < SWEEP_MS) return;
    this.sweptAt = now;
    for (const { id, revokedAt, detail } of this.known.values()) {
      if (isForgotten(detail.expires_at, now) || (revokedAt !== null && isForgotten(revokedAt, now))) this.forget(id);
    }
  }

  private forget(id: string): void {
    this.known.delete(id);
    this.revoked.delete(id);
  }
}
