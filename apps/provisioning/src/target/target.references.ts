import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { isDerivedId, requireProject, SlipwayError, unknownResource, type AggregateRef, type ById } from '@slipway/contracts';
import type { EventStore } from '@slipway/event-sourcing';
import { EVENT_STORE, ReadModels } from '@slipway/projections-typeorm';
import type { CallerContext } from '@slipway/service-kit';
import { Repository } from 'typeorm';
import { TargetRow } from './projections/target-list/target-list.row';

const KIND = 'target';

/** Finds the target that a caller means, by id. Its environment's scope is checked on the target's state. */
@Injectable()
export class TargetReferences {
  constructor(
    private readonly readModels: ReadModels,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @InjectRepository(TargetRow) private readonly rows: Repository<TargetRow>,
  ) {}

  /** @throws SlipwayError `unknown_resource`, also for what is outside the caller's scope; `invalid_reference` for a name. */
  async resolve({ id, project }: ById, caller: CallerContext): Promise<AggregateRef> {
    if (!isDerivedId(id)) {
      throw new SlipwayError(
        'invalid_reference',
        `'${id}' is a name; targets are named within an environment: list its targets for the id.`,
        {
          ref: id,
        },
      );
    }
    const projectId = project ?? (await this.projectOf(id, caller));
    requireProject(caller.principal, projectId, KIND, id);
    return { projectId, type: 'target', id };
  }

  private async projectOf(id: string, caller: CallerContext): Promise<string> {
    await this.readModels.waitFor('target-list', caller.minPosition);
    const row = (await this.rows.findOneBy({ targetId: id })) ?? (await this.afterCatchingUp(id));
    if (!row) throw unknownResource(KIND, id);
    return row.projectId;
  }

  /** "Unknown" must not mean "not projected yet". */
  private async afterCatchingUp(id: string): Promise<TargetRow | null> {
    await this.readModels.waitFor('target-list', await this.store.position());
    return this.rows.findOneBy({ targetId: id });
  }
}
