import type { ProjectionStatus } from '@slipway/contracts';
import { Gauge, type Registry } from 'prom-client';
import type { ProjectionHost } from './projection-host';

const labelNames = ['projection', 'kind'] as const;
/** A timer has no place in the log. */
const ofLog = ({ kind }: ProjectionStatus, value: number): number | undefined => (kind === 'timer' ? undefined : value);
const GAUGES = [
  {
    name: 'slipway_projection_lag_events',
    help: 'Events of the log that the read model or reaction has not seen yet',
    value: (status: ProjectionStatus) => ofLog(status, status.lag),
  },
  {
    name: 'slipway_projection_position',
    help: 'Stream position that the read model or reaction has reached',
    value: (status: ProjectionStatus) => ofLog(status, status.position),
  },
  {
    name: 'slipway_projection_active',
    help: '1 where this replica is the one that follows the log or keeps the timer, 0 where it stands by or has stopped',
    value: (status: ProjectionStatus) => (status.state === 'standby' || status.state === 'stopped' ? 0 : 1),
  },
  {
    name: 'slipway_projection_failing',
    help: '1 while the read model or reaction cannot go on, or the timer fails; `slipway projections status` shows why',
    value: (status: ProjectionStatus) => (status.error === null ? 0 : 1),
  },
];

/** Gauges of each projection, reaction and timer, read when scraped. A log that cannot be read gives no sample. */
export function registerProjectionMetrics(host: ProjectionHost, registry: Registry): void {
  let reading: Promise<ProjectionStatus[]> | undefined;
  const statuses = (): Promise<ProjectionStatus[]> =>
    (reading ??= host
      .status()
      .catch(() => [])
      .finally(() => (reading = undefined)));
  for (const { name, help, value } of GAUGES) {
    registry.removeSingleMetric(name);
    new Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
      async collect() {
        const read = await statuses();
        this.reset();
        for (const status of read) {
          const sample = value(status);
          if (sample !== undefined) this.set({ projection: status.name, kind: status.kind }, sample);
        }
      },
    });
  }
}
