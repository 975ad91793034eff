import { Injectable } from '@nestjs/common';
import { Metrics } from '@slipway/service-kit';
import { Counter, Gauge, Histogram } from 'prom-client';

/** Rate, errors and duration of the HTTP surface, by route pattern (never by address). */
@Injectable()
export class HttpMetrics {
  private readonly duration: Histogram<'method' | 'route'>;
  private readonly requests: Counter<'method' | 'route' | 'status'>;
  readonly streams: Gauge;

  constructor(metrics: Metrics) {
    const registers = [metrics.registry];
    this.duration = new Histogram({
      name: 'slipway_http_duration_seconds',
      help: 'Time from receiving a request to the end of its answer',
      labelNames: ['method', 'route'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    });
    this.requests = new Counter({
      name: 'slipway_http_requests_total',
      help: 'Requests answered, by route and status',
      labelNames: ['method', 'route', 'status'],
      registers,
    });
    this.streams = new Gauge({ name: 'slipway_http_event_streams', help: 'Open server-sent event streams', registers });
  }

  answered(method: string, route: string, status: number, seconds: number): void {
    this.requests.inc({ method, route, status: String(status) });
    this.duration.observe({ method, route }, seconds);
  }
}
