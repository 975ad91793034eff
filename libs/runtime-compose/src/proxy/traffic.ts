import type { TrafficMetrics } from '@slipway/runtime-target';
import { labelOf, shortId } from '../engine/container';
import type { ComposeHost } from '../host/compose-host';
import { HostDocument } from '../host/host-document';
import { factsOf, type HostReport } from '../host/host-report';
import { LABELS, type SlotNames } from '../slot/slot-names';
import type { ComposeSlotStatus } from '../slot/slot-status';

/** Width of a latency bucket: a quantile is at most 1 % off. Microseconds; the helper counts by the same base. */
const BASE = 1.02;

interface Figures {
  requests: number;
  errors: number;
  readonly buckets: Map<number, number>;
}

/**
 * Figures per release since the window began, from the proxy's own log: one line for each request, counted at the host. What was counted
 * is kept, and the next look reads on from there: the host reads each line once, and what its log has dropped since is not lost. Whoever
 * begins anew reads all that the log still has.
 */
export class TrafficCount {
  private since: number | undefined;
  private proxy: string | undefined;
  /** Time of the last line that was read, as the engine writes it. */
  private readTo: string | undefined;
  private readonly byRelease = new Map<string, Figures>();

  constructor(
    private readonly host: ComposeHost,
    private readonly names: SlotNames,
  ) {}

  /** One look at a time. */
  async read(status: ComposeSlotStatus): Promise<readonly TrafficMetrics[]> {
    const { container, servers } = status.proxy;
    if (!container || !servers) return [];
    this.begin(container.Id, status.state.window?.since_ms ?? 0);
    const document = new HostDocument().add('traffic', container.Id, inSeconds(this.since!), this.readTo ?? '-');
    const report = await this.host.look(this.names.place, document);
    this.readTo = factsOf(report, 'read')[0]?.[0] ?? this.readTo;
    this.add(report, releasesOf(status));
    return [...this.byRelease].map(([releaseId, figures]) => metricsOf(releaseId, figures));
  }

  /** Another proxy has another log; another window begins with nothing. */
  private begin(proxy: string, since: number): void {
    if (since !== this.since) this.byRelease.clear();
    if (since !== this.since || proxy !== this.proxy) this.readTo = undefined;
    this.since = since;
    this.proxy = proxy;
  }

  private add(report: HostReport, releases: ReadonlyMap<string, string>): void {
    for (const [server, requests, errors] of factsOf(report, 'traffic')) {
      const figures = this.figuresOf(releases.get(server ?? ''));
      if (!figures) continue;
      figures.requests += Number(requests);
      figures.errors += Number(errors);
    }
    for (const [server, bucket, count] of factsOf(report, 'bucket')) {
      const buckets = this.figuresOf(releases.get(server ?? ''))?.buckets;
      buckets?.set(Number(bucket), (buckets.get(Number(bucket)) ?? 0) + Number(count));
    }
  }

  private figuresOf(releaseId: string | undefined): Figures | undefined {
    if (releaseId === undefined) return undefined;
    const known = this.byRelease.get(releaseId) ?? { requests: 0, errors: 0, buckets: new Map<number, number>() };
    this.byRelease.set(releaseId, known);
    return known;
  }
}

const inSeconds = (ms: number): string => `${Math.floor(ms / 1000)}.${String(ms % 1000).padStart(3, '0')}000000`;

/** By the proxy's name of a server. */
function releasesOf({ proxy, containers }: ComposeSlotStatus): ReadonlyMap<string, string> {
  return new Map(
    (proxy.servers ?? []).flatMap(({ name, container: id }) => {
      const workload = containers.find((candidate) => shortId(candidate) === id);
      return workload ? [[name, labelOf(workload, LABELS.release)]] : [];
    }),
  );
}

function metricsOf(releaseId: string, { requests, errors, buckets }: Figures): TrafficMetrics {
  return {
    releaseId,
    requests,
    errors,
    errorRate: requests === 0 ? 0 : errors / requests,
    p50Ms: quantile(buckets, 0.5),
    p95Ms: quantile(buckets, 0.95),
    p99Ms: quantile(buckets, 0.99),
  };
}

/** Milliseconds below which the share lies; undefined without a request. */
export function quantile(buckets: ReadonlyMap<number, number>, share: number): number | undefined {
  const sorted = [...buckets].sort(([a], [b]) => a - b);
  const rank = Math.max(1, Math.ceil(share * sorted.reduce((sum, [, count]) => sum + count, 0)));
  let seen = 0;
  for (const [bucket, count] of sorted) {
    seen += count;
    if (seen >= rank) return BASE ** (bucket + 0.5) / 1000;
  }
  return undefined;
}
