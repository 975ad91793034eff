import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { isSlipwayError } from '@slipway/contracts';
import { AccessDirectory } from '@slipway/service-kit';
import type { Access } from '../http/request-context';
import { AccessResolver } from './access-resolver';

/** `ended`: the credential or its owner is no longer good; `changed`: it is, but what it may do is not what it was. */
export type AccessEnd = 'ended' | 'changed';

interface Watched {
  readonly access: Access;
  readonly grants: string;
  readonly onEnd: (why: AccessEnd) => void;
}

/** Changes of the directory are looked at together, so that a busy hour does not cost each open stream each of them. */
const GATHER_MS = 100;

/**
 * Closes what a principal has open when its credential is revoked, its account disabled, or its grants change: event streams, MCP
 * sessions, whatever outlives the request that it began with. Expiry is the holder's own timer (`Access.expiresS`).
 */
@Injectable()
export class AccessWatch implements OnApplicationShutdown {
  private readonly watched = new Set<Watched>();
  private readonly stopListening: () => void;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly resolver: AccessResolver,
    directory: AccessDirectory,
  ) {
    this.stopListening = directory.onChange(() => (this.timer ??= setTimeout(() => this.review(), GATHER_MS)));
  }

  /** Calls `onEnd` once, at most a moment after the log says so. @returns how to stop watching */
  watch(access: Access, onEnd: (why: AccessEnd) => void): () => void {
    const watched: Watched = { access, grants: JSON.stringify(access.grants), onEnd };
    this.watched.add(watched);
    return () => this.watched.delete(watched);
  }

  onApplicationShutdown(): void {
    this.stopListening();
    clearTimeout(this.timer);
  }

  private review(): void {
    this.timer = undefined;
    for (const watched of this.watched) {
      const why = this.endOf(watched);
      if (why === undefined) continue;
      this.watched.delete(watched);
      watched.onEnd(why);
    }
  }

  private endOf({ access, grants }: Watched): AccessEnd | undefined {
    try {
      return JSON.stringify(this.resolver.resolve(access.credential).grants) === grants ? undefined : 'changed';
    } catch (error) {
      if (isSlipwayError(error)) return 'ended';
      throw error;
    }
  }
}
