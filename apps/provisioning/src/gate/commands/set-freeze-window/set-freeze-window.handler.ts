import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { GateView } from '@slipway/contracts';
import type { Changed } from '../../../provisioning.access';
import { setFreezeWindow } from '../../domain/gate.decider';
import { requireFreezer } from '../../gate.access';
import { Gates } from '../../gates';
import { SetFreezeWindow } from './set-freeze-window.command';

@CommandHandler(SetFreezeWindow)
export class SetFreezeWindowHandler implements ICommandHandler<SetFreezeWindow> {
  constructor(private readonly gates: Gates) {}

  async execute({ request, caller }: SetFreezeWindow): Promise<Changed<GateView>> {
    requireFreezer(caller.principal, request);
    return this.gates.change(request, caller, (place, now, gate) => setFreezeWindow(request, caller.principal.actorId, now, place, gate));
  }
}
