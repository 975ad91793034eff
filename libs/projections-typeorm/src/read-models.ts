import { setTimeout as delay } from 'node:timers/promises';
import type { ProjectionStatus } from '@slipway/contracts';
import type { ProjectionHost, Skip } from './projection-host';

/** What queries need of the read models. */
export class ReadModels {
  constructor(private running?: ProjectionHost) {}

  /** Reactions may inject this class, and the host is made of the reactions: it comes last. */
  bind(host: ProjectionHost): void {
    this.running = host;
  }

  private get host(): ProjectionHost {
    if (!this.running) throw new TypeError('read models are asked before the module is ready');
    return this.running;
  }

  /**
   * Read your writes: waits until the projection has seen `position` (returns at once without one). Woken by the
   * projection itself, in whichever replica it runs.
   * @throws SlipwayError `dependency_unavailable` when it is not there after `timeoutMs`.
   */
  waitFor(projection: string, position: number | null | undefined, timeoutMs = 5_000): Promise<void> {
    return this.host.waitFor(projection, position, timeoutMs);
  }

  /** @throws SlipwayError `dependency_unavailable` when the log cannot be read. */
  status(): Promise<ProjectionStatus[]> {
    return this.host.status();
  }

  /** Resolves when the rebuilt tables serve. @throws SlipwayError `unknown_resource`, `resource_in_use`, `dependency_unavailable` */
  rebuild(projection: string): Promise<void> {
    return this.host.rebuild(projection);
  }
}

/** A rebuild that cannot start says so within this time; one that goes on is answered while it runs. */
const STARTED_AFTER_MS = 200;

/** The verbs `list-projections`, `rebuild-projection` and `skip-blocking-event` of a service. */
export class ProjectionAdmin {
  constructor(private readonly host: ProjectionHost) {}

  async listProjections(): Promise<{ items: ProjectionStatus[] }> {
    return { items: await this.host.status() };
  }

  /** Starts the rebuild and answers with where it is; `listProjections` shows its progress. @throws SlipwayError `unknown_resource` */
  async rebuildProjection(name: string): Promise<ProjectionStatus> {
    const rebuild = this.host.rebuild(name);
    // Its end, good or bad, is in the log and in the status.
    rebuild.catch(() => undefined);
    await Promise.race([rebuild, delay(STARTED_AFTER_MS)]);
    return this.statusOf(name);
  }

  /** Has a reaction go on behind the event that blocks it. @throws SlipwayError `unknown_resource`, `not_blocked`, `dependency_unavailable` */
  async skipBlockingEvent(skip: Skip): Promise<ProjectionStatus> {
    await this.host.skip(skip);
    return this.statusOf(skip.name);
  }

  private async statusOf(name: string): Promise<ProjectionStatus> {
    const status = (await this.host.status()).find((one) => one.name === name);
    if (!status) throw new TypeError(`'${name}' has no status`);
    return status;
  }
}
