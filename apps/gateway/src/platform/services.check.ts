import { randomUUID } from 'node:crypto';
import { SERVICES, type Principal, type RpcService } from '@slipway/contracts';
import type { ReadinessCheck } from '@slipway/service-kit';
import type { GatewayCalls } from '../http/gateway-calls';

const GATEWAY: Principal = {
  actorId: 'service:gateway',
  actorType: 'service',
  permissions: ['deploy:release:read'],
  projects: ['*'],
  environments: ['*'],
};

/** One readiness check per service behind the gateway: a query that it must answer, which takes its database too. */
export const serviceChecks = (calls: GatewayCalls): ReadinessCheck[] =>
  SERVICES.filter((service): service is RpcService => service !== 'gateway').map((service) => ({
    name: service,
    run: async () => {
      await calls.ask(service, 'list-projections', {}, { principal: GATEWAY, correlationId: randomUUID(), timeoutMs: 1_500 });
    },
  }));
