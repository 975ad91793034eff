import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { GateView } from '@slipway/contracts';
import type { Changed } from '../../../provisioning.access';
import { removeFreezeWindow } from '../../domain/gate.decider';
import { requireFreezer } from '../../gate.access';
import { Gates } from '../../gates';
import { RemoveFreezeWindow } from './remove-freeze-window.command';

@CommandHandler(RemoveFreezeWindow)
export class RemoveFreezeWindowHandler implements ICommandHandler<RemoveFreezeWindow> {
  constructor(private readonly gates: Gates) {}

  async execute({ request, caller }: RemoveFreezeWindow): Promise<Changed<GateView>> {
    requireFreezer(caller.principal, request);
    return this.gates.change(request, caller, (place, _now, gate) => removeFreezeWindow(request.name, request.reason, place, gate));
  }
}
