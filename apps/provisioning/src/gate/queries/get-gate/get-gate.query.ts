import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { GateOf, GateView } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import { requireReader } from '../../../provisioning.access';
import { Gates } from '../../gates';

export class GetGate extends Query<GateView> {
  constructor(
    readonly request: GateOf,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

/** Reads the log's head: an act is judged by the gate that holds now. */
@QueryHandler(GetGate)
export class GetGateHandler implements IQueryHandler<GetGate> {
  constructor(private readonly gates: Gates) {}

  async execute({ request, caller }: GetGate): Promise<GateView> {
    requireReader(caller.principal);
    return this.gates.view(request, caller);
  }
}
