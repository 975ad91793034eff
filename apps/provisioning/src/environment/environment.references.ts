import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  environmentId,
  isDerivedId,
  requireEnvironment,
  requireProject,
  resolveRef,
  SlipwayError,
  unknownResource,
  type AggregateRef,
  type ById,
} from '@slipway/contracts';
import type { EventStore } from '@slipway/event-sourcing';
import { EVENT_STORE, ReadModels } from '@slipway/projections-typeorm';
import type { CallerContext } from '@slipway/service-kit';
import { Repository } from 'typeorm';
import { EnvironmentRow } from './projections/environment-list/environment-list.row';

const KIND = 'environment';

/** Finds the environment that a caller means: by name in a project, or by id anywhere in the caller's scope. */
@Injectable()
export class EnvironmentReferences {
  constructor(
    private readonly readModels: ReadModels,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @InjectRepository(EnvironmentRow) private readonly rows: Repository<EnvironmentRow>,
  ) {}

  /** @throws SlipwayError `unknown_resource`, also for what is outside the caller's scope; `invalid_reference` for a name without its project. */
  async resolve({ id, project }: ById, caller: CallerContext): Promise<AggregateRef> {
    const projectId = project ?? (await this.projectOf(id, caller));
    requireProject(caller.principal, projectId, KIND, id);
    const resolved = resolveRef(id, (name) => environmentId(projectId, name));
    requireEnvironment(caller.principal, resolved, KIND, id);
    return { projectId, type: 'environment', id: resolved };
  }

  private async projectOf(id: string, caller: CallerContext): Promise<string> {
    if (!isDerivedId(id))
      throw new SlipwayError('invalid_reference', `'${id}' is a name; say in which project, or give the id.`, { ref: id });
    await this.readModels.waitFor('environment-list', caller.minPosition);
    const row = (await this.rows.findOneBy({ environmentId: id })) ?? (await this.afterCatchingUp(id));
    if (!row) throw unknownResource(KIND, id);
    return row.projectId;
  }

  /** "Unknown" must not mean "not projected yet". */
  private async afterCatchingUp(id: string): Promise<EnvironmentRow | null> {
    await this.readModels.waitFor('environment-list', await this.store.position());
    return this.rows.findOneBy({ environmentId: id });
  }
}
