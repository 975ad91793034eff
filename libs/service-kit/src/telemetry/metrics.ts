import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Prometheus metrics of one process. Services register their own in `registry`. */
export class Metrics {
  readonly registry = new Registry();
  readonly requests = new Counter({
    name: 'slipway_rpc_requests_total',
    help: 'RPC requests answered, by verb',
    labelNames: ['verb'],
    registers: [this.registry],
  });
  readonly errors = new Counter({
    name: 'slipway_rpc_errors_total',
    help: 'RPC requests answered with an error, by verb and error code',
    labelNames: ['verb', 'code'],
    registers: [this.registry],
  });
  readonly duration = new Histogram({
    name: 'slipway_rpc_duration_seconds',
    help: 'Time from receiving an RPC request to its answer, by verb',
    labelNames: ['verb'],
    buckets: SECONDS,
    registers: [this.registry],
  });
  readonly inFlight = new Gauge({ name: 'slipway_rpc_in_flight', help: 'RPC requests being worked on', registers: [this.registry] });
  readonly queueDepth = new Gauge({
    name: 'slipway_rpc_queue_depth',
    help: 'RPC requests received that wait for a free worker',
    registers: [this.registry],
  });
  readonly ready = new Gauge({ name: 'slipway_ready', help: '1 while the last readiness report was good', registers: [this.registry] });

  constructor(service: string, instance: string) {
    this.registry.setDefaultLabels({ service, instance });
    collectDefaultMetrics({ register: this.registry, eventLoopMonitoringPrecision: 100 });
  }
}
