import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { GateView } from '@slipway/contracts';
import type { Changed } from '../../../provisioning.access';
import { resumeLine } from '../../domain/gate.decider';
import { requireResumer } from '../../gate.access';
import { Gates } from '../../gates';
import { ResumeLine } from './resume-line.command';

@CommandHandler(ResumeLine)
export class ResumeLineHandler implements ICommandHandler<ResumeLine> {
  constructor(private readonly gates: Gates) {}

  async execute({ request, caller }: ResumeLine): Promise<Changed<GateView>> {
    requireResumer(caller.principal, request);
    return this.gates.change(request, caller, (place, _now, gate) => resumeLine(request, caller.principal.actorId, place, gate));
  }
}
