import { Controller, Req, Res } from '@nestjs/common';
import { isSlipwayError, SERVICES, type ProjectionStatus, type RpcService } from '@slipway/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GatewayCalls } from '../http/gateway-calls';
import { Handles } from '../routes/handles';
import { routeNamed } from '../routes/route-table';

const READ_MODEL_SERVICES = SERVICES.filter((service): service is RpcService => service !== 'gateway');

/** Stands for all of a service that does not answer: the others' status is wanted most just then. */
const unreachable = (service: RpcService, error: string): ProjectionStatus => ({
  service,
  name: 'all',
  kind: 'projection',
  position: 0,
  head: 0,
  lag: 0,
  state: 'stopped',
  updated_at: null,
  error,
  blocked_position: null,
});

/** Read models of all services together. */
@Controller()
export class ProjectionsController {
  private readonly list = routeNamed('listProjections');
  private readonly rebuildRoute = routeNamed('rebuildProjection');
  private readonly skipRoute = routeNamed('skipBlockingEvent');
  constructor(private readonly calls: GatewayCalls) {}

  @Handles('listProjections')
  async listProjections(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<{ items: unknown[] }> {
    this.calls.input(this.list, request);
    const caller = await this.calls.callerOf(this.list, request, {});
    const of = async (service: RpcService): Promise<ProjectionStatus[]> => {
      try {
        const { value } = await this.calls.call(service, 'list-projections', {}, caller, request, reply);
        return (value as { items: ProjectionStatus[] }).items;
      } catch (error) {
        if (isSlipwayError(error) && error.retryable) return [unreachable(service, error.message)];
        throw error;
      }
    };
    return { items: (await Promise.all(READ_MODEL_SERVICES.map(of))).flat() };
  }

  @Handles('rebuildProjection')
  async rebuildProjection(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    const { params } = this.calls.input(this.rebuildRoute, request);
    const caller = await this.calls.callerOf(this.rebuildRoute, request, params);
    const service = params['service'] as RpcService;
    return (await this.calls.call(service, 'rebuild-projection', { name: params['name'] }, caller, request, reply)).value;
  }

  @Handles('skipBlockingEvent')
  async skipBlockingEvent(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    const { params, body } = this.calls.input(this.skipRoute, request);
    const caller = await this.calls.callerOf(this.skipRoute, request, { ...params, ...body });
    const service = params['service'] as RpcService;
    return (await this.calls.call(service, 'skip-blocking-event', { ...body, name: params['name'] }, caller, request, reply)).value;
  }
}
