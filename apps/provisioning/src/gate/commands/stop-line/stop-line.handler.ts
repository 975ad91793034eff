import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { GateView } from '@slipway/contracts';
import type { Changed } from '../../../provisioning.access';
import { stopLine } from '../../domain/gate.decider';
import { requireStopper } from '../../gate.access';
import { Gates } from '../../gates';
import { StopLine } from './stop-line.command';

@CommandHandler(StopLine)
export class StopLineHandler implements ICommandHandler<StopLine> {
  constructor(private readonly gates: Gates) {}

  async execute({ request, caller }: StopLine): Promise<Changed<GateView>> {
    requireStopper(caller.principal, request);
    return this.gates.change(request, caller, (place, _now, gate) => stopLine(request, caller.principal.actorId, place, gate));
  }
}
