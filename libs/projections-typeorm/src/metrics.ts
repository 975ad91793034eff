import { Gauge, type Registry } from 'prom-client';
import type { ProjectionHost } from './projection-host';

/** `slipway_projection_lag_events` and `_position`, read when scraped. A log that cannot be read gives no sample. */
export function registerProjectionMetrics(host: ProjectionHost, registry: Registry): void {
  const labelNames = ['projection', 'kind', 'state'] as const;
  const name = 'slipway_projection_lag_events';
  registry.removeSingleMetric(name);
  registry.removeSingleMetric('slipway_projection_position');
  const position = new Gauge({
    name: 'slipway_projection_position',
    help: 'Stream position that the read model or reaction has reached',
    labelNames,
    registers: [registry],
  });
  new Gauge({
    name,
    help: 'Events of the log that the read model or reaction has not seen yet',
    labelNames,
    registers: [registry],
    async collect() {
      this.reset();
      position.reset();
      const statuses = await host.status().catch(() => []);
      for (const status of statuses) {
        const labels = { projection: status.name, kind: status.kind, state: status.state };
        this.set(labels, status.lag);
        position.set(labels, status.position);
      }
    },
  });
}
