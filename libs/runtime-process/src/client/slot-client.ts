import { isSlipwayError } from '@slipway/contracts';
import type { DriftFinding, StepContext } from '@slipway/runtime-target';
import type { EnsureRelease, ReleaseTraffic, Route, RunTask, Scale, SlotStatus, TaskStatus } from '../protocol';
import type { HostClient } from './host-client';

/** The host's calls about one slot. */
export class SlotClient {
  private readonly path: string;
  constructor(
    private readonly host: HostClient,
    readonly slotId: string,
  ) {
    this.path = `/slots/${encodeURIComponent(slotId)}`;
  }

  /** Null: the slot has never run anything here. */
  async status(): Promise<SlotStatus | null> {
    return this.orNull(() => this.host.call<SlotStatus>('GET', this.path));
  }

  async metrics(): Promise<readonly ReleaseTraffic[]> {
    return (await this.orNull(() => this.host.call<readonly ReleaseTraffic[]>('GET', `${this.path}/metrics`))) ?? [];
  }

  async inspection(): Promise<readonly DriftFinding[]> {
    return (await this.host.call<{ findings: readonly DriftFinding[] }>('GET', `${this.path}/inspection`)).findings;
  }

  /** Sends the artifact unless it is there. */
  async ensureArtifact(
    digest: string,
    { fetchArtifact, signal, log }: Pick<StepContext, 'fetchArtifact' | 'signal' | 'log'>,
  ): Promise<void> {
    const { present } = await this.host.call<{ present: boolean }>('GET', `/artifacts/${digest}`, { signal });
    if (present) return;
    log(`unpacking artifact ${digest}`);
    await this.host.upload(`/artifacts/${digest}`, () => fetchArtifact(digest), signal);
  }

  ensureRelease(releaseId: string, wanted: EnsureRelease): Promise<void> {
    return this.host.call('PUT', `${this.path}/releases/${releaseId}`, { body: wanted });
  }

  scale(releaseId: string, fence: number, scale: Scale): Promise<void> {
    return this.host.call('POST', `${this.path}/releases/${releaseId}/scale`, { body: { fence, scale } });
  }

  route(fence: number, routes: readonly Route[], more: { current?: string; window?: string } = {}): Promise<void> {
    return this.host.call('PUT', `${this.path}/routes`, { body: { fence, routes, ...more } });
  }

  runTask(effect: string, wanted: RunTask): Promise<void> {
    return this.host.call('PUT', `${this.path}/tasks/${effect}`, { body: wanted });
  }

  task(effect: string, from: number): Promise<TaskStatus> {
    return this.host.call('GET', `${this.path}/tasks/${effect}?from=${from}`);
  }

  remove(releaseId: string, fence: number, afterMs = 0): Promise<void> {
    return this.host.call('POST', `${this.path}/releases/${releaseId}/remove`, { body: { fence, afterMs } });
  }

  private async orNull<T>(call: () => Promise<T>): Promise<T | null> {
    try {
      return await call();
    } catch (error) {
      if (isSlipwayError(error) && error.code === 'unknown_resource') return null;
      throw error;
    }
  }
}
