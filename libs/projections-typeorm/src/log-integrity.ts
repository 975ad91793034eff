import { SlipwayError } from '@slipway/contracts';

export interface LogBreach {
  readonly name: string;
  readonly checkpoint: number;
  readonly head: number;
  readonly why: string;
}

/**
 * Whether the log still holds everything that read models have seen. A checkpoint ahead of the log's head, or an event
 * that is no longer the one applied, means that the log has lost data: command paths and readiness consult
 * `assertSound()` and stop accepting work until an operator has rebuilt the read models on the log as it is
 * (ARCHITECTURE.md, section 4).
 */
export class LogIntegrity {
  private readonly breaches = new Map<string, LogBreach>();
  private readonly listeners = new Set<() => void>();

  report(breach: LogBreach): void {
    this.breaches.set(breach.name, breach);
  }

  /** After a rebuild from the log as it is. */
  clear(name: string): void {
    if (!this.breaches.delete(name)) return;
    for (const listener of this.listeners) listener();
  }

  breach(name?: string): LogBreach | undefined {
    return name === undefined ? this.breaches.values().next().value : this.breaches.get(name);
  }

  /** Resolves when the breach of `name` is gone, or when `signal` aborts. */
  async cleared(name: string, signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const check = (): void => {
        if (this.breaches.has(name) && !signal.aborted) return;
        this.listeners.delete(check);
        signal.removeEventListener('abort', check);
        resolve();
      };
      this.listeners.add(check);
      signal.addEventListener('abort', check);
      check();
    });
  }

  /** @throws SlipwayError `log_behind_checkpoint` */
  assertSound(): void {
    const breach = this.breach();
    if (!breach) return;
    throw new SlipwayError(
      'log_behind_checkpoint',
      `The event log has lost events: ${breach.why}. No command is accepted until an operator restores the log, or rebuilds the read models on it as it is.`,
      { projection: breach.name, checkpoint: breach.checkpoint, head: breach.head },
    );
  }
}
