import { setTimeout as pause } from 'node:timers/promises';
import { servingProcess, type TrafficMetrics } from '@slipway/runtime-target';
import type { KubeClient } from '../api/kube-client';
import { KINDS } from '../api/kinds';
import { objectPath } from '../api/kube-object';
import { DEFAULT_PORT } from '../render/conventions';
import type { Release } from '../render/instantiate';
import { isReady, processOf, releaseOf } from '../slot/pods';
import type { SlotReader } from '../slot/slot-reader';

const EVERY_MS = 50;
const LOOK_EVERY_MS = 500;

/** Figures of the requests that were sent to a release's replicas. */
export class ProbeFigures {
  requests = 0;
  errors = 0;
  private readonly times: number[] = [];

  add(isError: boolean, ms: number): void {
    this.requests++;
    if (isError) this.errors++;
    this.times.push(ms);
  }

  metrics(releaseId: string): TrafficMetrics {
    const sorted = [...this.times].sort((a, b) => a - b);
    const at = (share: number): number | undefined => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    const errorRate = this.requests === 0 ? 0 : this.errors / this.requests;
    return { releaseId, requests: this.requests, errors: this.errors, errorRate, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
  }
}

/**
 * A plain Service measures nothing, so a release is measured by asking: its smoke tests' and health endpoint's paths, replica by
 * replica, through the API server. An error is an answer of 500 or more, or none.
 */
export class Prober {
  readonly figures = new ProbeFigures();
  private turn = 0;
  private pods: readonly string[] = [];
  private lookedAt = -Infinity;
  private readonly paths: readonly string[];
  private readonly port: number;

  constructor(
    private readonly client: KubeClient,
    private readonly reader: SlotReader,
    private readonly release: Release,
  ) {
    const { verification, processes } = release.manifest;
    this.paths = [...new Set([...verification.smoke.map(({ path }) => path), ...(verification.health ? [verification.health.path] : [])])];
    this.port = processes[servingProcess(release.manifest) ?? '']?.container_port ?? DEFAULT_PORT;
  }

  /** False: the artifact names no path that could be asked. */
  get canAsk(): boolean {
    return this.paths.length > 0;
  }

  /** One request to the next replica, then a short pause. */
  async askOnce(signal: AbortSignal): Promise<void> {
    await this.lookForPods();
    const pod = this.pods[this.turn % Math.max(1, this.pods.length)];
    if (pod !== undefined && this.canAsk) {
      const path = this.paths[Math.floor(this.turn / this.pods.length) % this.paths.length]!;
      const { status, ms } = await this.client.ask(
        `${objectPath(KINDS.Pod, this.client.namespace, `${pod}:${this.port}`)}/proxy${path}`,
        signal,
      );
      this.figures.add(status === null || status >= 500, ms);
    }
    this.turn++;
    await pause(EVERY_MS, undefined, { signal });
  }

  private async lookForPods(): Promise<void> {
    if (performance.now() - this.lookedAt < LOOK_EVERY_MS) return;
    this.lookedAt = performance.now();
    const serving = servingProcess(this.release.manifest);
    const mine = (await this.reader.pods()).filter((pod) => releaseOf(pod) === this.release.releaseId && processOf(pod) === serving);
    this.pods = mine.filter(isReady).map(({ metadata }) => metadata.name!);
  }
}
