import { Controller, Res } from '@nestjs/common';
import { Readiness, type ReadinessReport } from '@slipway/service-kit';
import type { FastifyReply } from 'fastify';
import { PublicGet } from '../routes/handles';

/**
 * The platform as seen from outside: ready means that commands and queries of every service can be served now. Whoever asks needs no
 * token, so what went wrong in which words, and metrics, are told on the process's own port (`HEALTH_PORT`) alone.
 */
@Controller()
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @PublicGet('/healthz/live')
  live(): { status: string } {
    return { status: 'live' };
  }

  @PublicGet('/healthz/startup')
  startup(): { status: string } {
    return { status: 'started' };
  }

  @PublicGet('/healthz/ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Pick<ReadinessReport, 'status' | 'failing'>> {
    const { status, failing } = await this.readiness.report();
    void reply.code(status === 'ready' ? 200 : 503);
    return { status, failing };
  }
}
