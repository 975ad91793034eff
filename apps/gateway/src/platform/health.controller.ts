import { Controller, Res } from '@nestjs/common';
import { Metrics, Readiness, type ReadinessReport } from '@slipway/service-kit';
import type { FastifyReply } from 'fastify';
import { PublicGet } from '../routes/handles';

/** The platform as seen from outside: ready means that commands and queries of every service can be served now. */
@Controller()
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    private readonly metrics: Metrics,
  ) {}

  @PublicGet('/healthz/live')
  live(): { status: string } {
    return { status: 'live' };
  }

  @PublicGet('/healthz/startup')
  startup(): { status: string } {
    return { status: 'started' };
  }

  @PublicGet('/healthz/ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadinessReport> {
    const report = await this.readiness.report();
    void reply.code(report.status === 'ready' ? 200 : 503);
    return report;
  }

  @PublicGet('/metrics')
  async prometheus(@Res() reply: FastifyReply): Promise<void> {
    await reply.header('content-type', this.metrics.registry.contentType).send(await this.metrics.registry.metrics());
  }
}
