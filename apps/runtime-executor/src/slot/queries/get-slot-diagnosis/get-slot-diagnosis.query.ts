import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { ById, SlotDiagnosisView } from '@slipway/contracts';
import { Clock, type CallerContext } from '@slipway/service-kit';
import { diagnosisView } from '../../../runtime/diagnosis.view';
import { SlotDirectory } from '../../slot.directory';
import { SlotScenes } from '../../slot-scene';

export class GetSlotDiagnosis extends Query<SlotDiagnosisView> {
  constructor(
    readonly request: ById,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

/** Why the slot is as it is, asked of its target now. Errors besides those of `get-slot`: `dependency_unavailable`. */
@QueryHandler(GetSlotDiagnosis)
export class GetSlotDiagnosisHandler implements IQueryHandler<GetSlotDiagnosis> {
  constructor(
    private readonly slots: SlotDirectory,
    private readonly scenes: SlotScenes,
    private readonly clock: Clock,
  ) {}

  async execute({ request, caller }: GetSlotDiagnosis): Promise<SlotDiagnosisView> {
    const row = await this.slots.find(request, caller);
    const scene = await this.scenes.open(row, caller);
    const seen = await scene.runtime.diagnose(scene.access, row.slotId);
    const diagnosis = diagnosisView(await this.scenes.redactionOf(row).diagnosis(seen));
    return { slot_id: row.slotId, ...diagnosis, diagnosed_at: this.clock.now() };
  }
}
