import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { SlotView } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import { DriftMonitor } from '../../../drift/drift-monitor';
import { requireRollback, type Changed } from '../../../runtime-executor.access';
import { hold } from '../../domain/slot.decider';
import { slotType } from '../../domain/slot.state';
import { slotOfRow } from '../../projections/slot-list/slot-list.row';
import { SlotDirectory } from '../../slot.directory';
import { HoldSlot } from './hold-slot.command';

/** Nothing is applied to the slot until someone resumes it. Errors: `forbidden`, `unknown_resource`, `slot_held`. */
@CommandHandler(HoldSlot)
export class HoldSlotHandler implements ICommandHandler<HoldSlot> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly slots: SlotDirectory,
    private readonly drift: DriftMonitor,
  ) {}

  async execute({ request, caller }: HoldSlot): Promise<Changed<SlotView>> {
    requireRollback(caller.principal);
    const row = await this.slots.find(request, caller);
    const wanted = { reason: request.reason, by: caller.principal.actorId, environmentId: row.environmentId };
    const { position } = await this.runner.run(slotType, this.slots.ref(row), caller.commandContext(), (slot) => hold(slot, wanted));
    return { view: slotOfRow(await this.slots.at(row.slotId, position), this.drift.lastCheck(row.slotId)), position };
  }
}
