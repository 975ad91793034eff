import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { ById, SlotView } from '@slipway/contracts';
import { answer, type Answer, type CallerContext } from '@slipway/service-kit';
import { DriftMonitor } from '../../../drift/drift-monitor';
import { requireReader } from '../../../runtime-executor.access';
import { slotOfRow } from '../../projections/slot-list/slot-list.row';
import { SlotDirectory } from '../../slot.directory';

export class GetSlot extends Query<Answer<SlotView>> {
  constructor(
    readonly request: ById,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

/** Tells as of which position it is. */
@QueryHandler(GetSlot)
export class GetSlotHandler implements IQueryHandler<GetSlot> {
  constructor(
    private readonly slots: SlotDirectory,
    private readonly drift: DriftMonitor,
  ) {}

  async execute({ request, caller }: GetSlot): Promise<Answer<SlotView>> {
    requireReader(caller.principal);
    const row = await this.slots.find(request, caller);
    return answer(slotOfRow(row, this.drift.lastCheck(request.id)), row.asOf);
  }
}
