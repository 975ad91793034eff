import type { ReleaseTraffic } from '../protocol';
import { LatencyHistogram } from './latency-histogram';

/** Without a byte of a response for this long a request counts as failed, for as long as it stays so. */
const STALLED_MS = 5000;

interface Figures {
  requests: number;
  errors: number;
  readonly latency: LatencyHistogram;
  /** When the requests began that have no response yet. */
  readonly open: Set<OpenRequest>;
}
export type RequestEnd = 'answered' | 'failed' | 'abandoned';
interface OpenRequest {
  readonly startedAt: number;
}

/**
 * Figures per release since the window was opened, of the requests that began in it. Latency is the time to the first byte of
 * the response.
 */
export class Traffic {
  private window: string | null = null;
  private figuresOf = new Map<string, Figures>();

  /** Starts new figures. */
  open(window: string | null): void {
    this.window = window;
    this.figuresOf = new Map();
  }

  /**
   * A request goes to a release. Call the result once: `failed` is a status of 500 or above, or no response; `abandoned` that
   * the caller left first, which counts only when it had waited long.
   */
  begin(releaseId: string): (end: RequestEnd) => void {
    const figures = this.figuresFor(releaseId);
    const request: OpenRequest = { startedAt: performance.now() };
    figures.open.add(request);
    return (end) => {
      const waitedMs = performance.now() - request.startedAt;
      if (!figures.open.delete(request) || (end === 'abandoned' && waitedMs < STALLED_MS)) return;
      figures.requests++;
      if (end !== 'answered') figures.errors++;
      figures.latency.record(waitedMs);
    };
  }

  figures(): readonly ReleaseTraffic[] {
    const stalledSince = performance.now() - STALLED_MS;
    return [...this.figuresOf].map(([releaseId, { requests, errors, latency, open }]) => {
      const stalled = [...open].filter(({ startedAt }) => startedAt < stalledSince).length;
      return {
        releaseId,
        window: this.window,
        requests: requests + stalled,
        errors: errors + stalled,
        p50Ms: latency.quantile(0.5),
        p95Ms: latency.quantile(0.95),
        p99Ms: latency.quantile(0.99),
      };
    });
  }

  private figuresFor(releaseId: string): Figures {
    let figures = this.figuresOf.get(releaseId);
    if (!figures) this.figuresOf.set(releaseId, (figures = { requests: 0, errors: 0, latency: new LatencyHistogram(), open: new Set() }));
    return figures;
  }
}
