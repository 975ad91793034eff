import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { unknownResource, type AggregateRef, type ById } from '@slipway/contracts';
import type { EventStore } from '@slipway/event-sourcing';
import { EVENT_STORE, ReadModels } from '@slipway/projections-typeorm';
import type { CallerContext } from '@slipway/service-kit';
import { Repository } from 'typeorm';
import { requireIn } from '../runtime-executor.access';
import { SlotRow } from './projections/slot-list/slot-list.row';

/** Finds the slot that a caller names. */
@Injectable()
export class SlotDirectory {
  constructor(
    private readonly readModels: ReadModels,
    @InjectRepository(SlotRow) private readonly rows: Repository<SlotRow>,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  /** @throws SlipwayError `unknown_resource`, also for what is outside the caller's scope; `dependency_unavailable` */
  async find({ id, project }: ById, caller: CallerContext): Promise<SlotRow> {
    await this.readModels.waitFor('slot-list', caller.minPosition);
    const row = (await this.rows.findOneBy({ slotId: id })) ?? (await this.afterCatchingUp(id));
    if (!row || (project !== undefined && row.projectId !== project)) throw unknownResource('slot', id);
    requireIn(caller.principal, row, 'slot', id);
    return row;
  }

  /** The row once the read model has seen a position, e.g. of a command just run. */
  async at(slotId: string, position: number): Promise<SlotRow> {
    await this.readModels.waitFor('slot-list', position);
    const row = await this.rows.findOneBy({ slotId });
    if (!row) throw unknownResource('slot', slotId);
    return row;
  }

  ref({ projectId, slotId }: SlotRow): AggregateRef {
    return { projectId, type: 'slot', id: slotId };
  }

  /** "Unknown" must not mean "not projected yet". */
  private async afterCatchingUp(slotId: string): Promise<SlotRow | null> {
    await this.readModels.waitFor('slot-list', await this.store.position());
    return this.rows.findOneBy({ slotId });
  }
}
