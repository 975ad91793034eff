import type { ChangeInput, Route, Routing, Scale, SlotControl, SlotStanding, StepContext, TrafficMetrics } from '@slipway/runtime-target';
import type { SlotClient } from '../client/slot-client';
import { metricsOf } from '../observe';
import { declareRelease } from './declare-release';
import { standingOf } from './standing';

/** What reads the last lines that a release's replicas wrote. */
export type LastLines = (releaseId: string) => Promise<readonly string[]>;

/** One slot of the host, moved by one step of a change, under its fence. */
export class ProcessSlot implements SlotControl {
  readonly lookEveryMs = 50;

  constructor(
    /** The host's own calls, for what only this runtime does. */
    readonly client: SlotClient,
    private readonly context: StepContext,
    readonly lastLines: LastLines,
    private readonly input?: ChangeInput,
  ) {}

  async status(): Promise<SlotStanding | null> {
    const status = await this.client.status();
    return status && standingOf(status);
  }

  async declare(scale: Scale): Promise<void> {
    if (!this.input) throw new Error('nothing to declare');
    await declareRelease(this.client, this.input, this.context, scale);
  }

  scale(releaseId: string, scale: Scale): Promise<void> {
    return this.client.scale(releaseId, this.context.fence, scale);
  }

  async route(routes: readonly Route[], { current, window, then = [] }: Routing = {}): Promise<void> {
    await this.client.route(this.context.fence, routes, { current, window });
    for (const { releaseId, scale } of then) await this.scale(releaseId, scale);
  }

  remove(releaseId: string, afterMs = 0): Promise<void> {
    return this.client.remove(releaseId, this.context.fence, afterMs);
  }

  async traffic(): Promise<readonly TrafficMetrics[]> {
    return (await this.client.metrics()).map(metricsOf);
  }
}
