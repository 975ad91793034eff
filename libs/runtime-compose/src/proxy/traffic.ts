import type { TrafficMetrics } from '@slipway/runtime-target';
import { labelOf, shortId } from '../engine/container';
import type { ComposeHost } from '../host/compose-host';
import { HostDocument } from '../host/host-document';
import { factsOf } from '../host/host-report';
import { LABELS, type SlotNames } from '../slot/slot-names';
import type { ComposeSlotStatus } from '../slot/slot-status';

/** Width of a latency bucket: a quantile is at most 1 % off. Microseconds; the helper counts by the same base. */
const BASE = 1.02;

interface Figures {
  requests: number;
  errors: number;
  readonly buckets: Map<number, number>;
}

/** Figures per release since the window began, from the proxy's own log: one line for each request, counted at the host. */
export async function readTraffic(host: ComposeHost, names: SlotNames, status: ComposeSlotStatus): Promise<readonly TrafficMetrics[]> {
  const { container, servers } = status.proxy;
  if (!container || !servers) return [];
  const since = status.state.window?.since_ms ?? 0;
  const fraction = `${String(since % 1000).padStart(3, '0')}000000`;
  const document = new HostDocument().add('traffic', container.Id, Math.floor(since / 1000), fraction);
  const report = await host.look(names.place, document);
  const releases = new Map(
    servers.flatMap(({ name, container: id }) => {
      const workload = status.containers.find((candidate) => shortId(candidate) === id);
      return workload ? [[name, labelOf(workload, LABELS.release)]] : [];
    }),
  );
  const byRelease = new Map<string, Figures>();
  const figuresOf = (server: string | undefined): Figures | undefined => {
    const releaseId = releases.get(server ?? '');
    if (releaseId === undefined) return undefined;
    if (!byRelease.has(releaseId)) byRelease.set(releaseId, { requests: 0, errors: 0, buckets: new Map() });
    return byRelease.get(releaseId);
  };
  for (const [server, requests, errors] of factsOf(report, 'traffic')) {
    const figures = figuresOf(server);
    if (!figures) continue;
    figures.requests += Number(requests);
    figures.errors += Number(errors);
  }
  for (const [server, bucket, count] of factsOf(report, 'bucket')) {
    const buckets = figuresOf(server)?.buckets;
    buckets?.set(Number(bucket), (buckets.get(Number(bucket)) ?? 0) + Number(count));
  }
  return [...byRelease].map(([releaseId, figures]) => metricsOf(releaseId, figures));
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
