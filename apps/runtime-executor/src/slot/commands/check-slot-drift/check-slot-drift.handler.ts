import { Command, CommandHandler, QueryBus, type ICommandHandler } from '@nestjs/cqrs';
import type { ById, SlotStatusView } from '@slipway/contracts';
import type { Answer, CallerContext } from '@slipway/service-kit';
import { DriftMonitor } from '../../../drift/drift-monitor';
import { requireReader } from '../../../runtime-executor.access';
import { GetSlotStatus } from '../../queries/get-slot-status/get-slot-status.query';
import { SlotDirectory } from '../../slot.directory';

export class CheckSlotDrift extends Command<Answer<SlotStatusView>> {
  constructor(
    readonly request: ById,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

/** Compares the slot with what should run there, now. A slot that cannot be reached reads `unknown`, with the age of the last check. */
@CommandHandler(CheckSlotDrift)
export class CheckSlotDriftHandler implements ICommandHandler<CheckSlotDrift> {
  constructor(
    private readonly slots: SlotDirectory,
    private readonly drift: DriftMonitor,
    private readonly queries: QueryBus,
  ) {}

  async execute({ request, caller }: CheckSlotDrift): Promise<Answer<SlotStatusView>> {
    requireReader(caller.principal);
    const row = await this.slots.find(request, caller);
    await this.drift.lookNow(row);
    return this.queries.execute(new GetSlotStatus(request, caller));
  }
}
