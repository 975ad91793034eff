import type { Executor } from './executor';
import type { RunLogger, UnfinishedExecution } from '../run/run.ports';

/** Read model `execution-list`: executions that have not ended, oldest first. */
export interface UnfinishedSource {
  all(): Promise<readonly UnfinishedExecution[]>;
}

/**
 * Finds executions that have not ended and that this process does not hold: each that needs an executor is waited for until its lease is
 * silent or free. A living executor keeps its lease, so most of the waiting ends with "it ended by itself". Runs at boot
 * and on a schedule; several at once are one.
 */
export class OrphanScan {
  private timer: NodeJS.Timeout | undefined;
  private scanning: Promise<void> | undefined;

  constructor(
    private readonly source: UnfinishedSource,
    private readonly executor: Executor,
    private readonly logger: RunLogger,
    private readonly everyMs: number,
    /** @throws SlipwayError while nothing may be taken over. */
    private readonly assertSound: () => void,
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.scan(), this.everyMs);
    void this.scan();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  scan(): Promise<void> {
    this.scanning ??= this.look().finally(() => (this.scanning = undefined));
    return this.scanning;
  }

  private async look(): Promise<void> {
    try {
      this.assertSound();
      for (const { executionId, projectId } of await this.source.all()) {
        await this.executor.lookAfter({ projectId, type: 'execution', id: executionId });
      }
    } catch (error) {
      this.logger.warn({ error }, 'executions could not be listed; looking again later');
    }
  }
}
