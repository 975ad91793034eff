import type { ReleaseTraffic } from '../protocol';
import { LatencyHistogram } from './latency-histogram';

interface Figures {
  requests: number;
  errors: number;
  readonly latency: LatencyHistogram;
}

/** Figures per release since the window was opened. Latency is the time to the first byte of the response. */
export class Traffic {
  private window: string | null = null;
  private figuresOf = new Map<string, Figures>();

  /** Starts new figures. */
  open(window: string | null): void {
    this.window = window;
    this.figuresOf = new Map();
  }

  /** `failed`: status 500 or above, or no response. */
  record(releaseId: string, milliseconds: number, failed: boolean): void {
    let figures = this.figuresOf.get(releaseId);
    if (!figures) this.figuresOf.set(releaseId, (figures = { requests: 0, errors: 0, latency: new LatencyHistogram() }));
    figures.requests++;
    if (failed) figures.errors++;
    figures.latency.record(milliseconds);
  }

  figures(): readonly ReleaseTraffic[] {
    return [...this.figuresOf].map(([releaseId, { requests, errors, latency }]) => ({
      releaseId,
      window: this.window,
      requests,
      errors,
      p50Ms: latency.quantile(0.5),
      p95Ms: latency.quantile(0.95),
      p99Ms: latency.quantile(0.99),
    }));
  }
}
