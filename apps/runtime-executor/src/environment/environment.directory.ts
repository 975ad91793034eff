import { Inject, Injectable } from '@nestjs/common';
import { unknownResource } from '@slipway/contracts';
import type { EventStore } from '@slipway/event-sourcing';
import { EVENT_STORE, ReadModels } from '@slipway/projections-typeorm';
import type { CallerContext } from '@slipway/service-kit';
import { DataSource } from 'typeorm';
import { requireIn } from '../runtime-executor.access';

export interface EnvironmentPlace {
  readonly projectId: string;
  readonly environmentId: string;
}

/** Finds the project of an environment that a caller names by id. */
@Injectable()
export class EnvironmentDirectory {
  constructor(
    private readonly readModels: ReadModels,
    private readonly source: DataSource,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  /** @throws SlipwayError `unknown_resource`, also for what is outside the caller's scope; `dependency_unavailable` */
  async find(environmentId: string, caller: CallerContext): Promise<EnvironmentPlace> {
    await this.readModels.waitFor('environment-list', caller.minPosition);
    const projectId = (await this.projectOf(environmentId)) ?? (await this.afterCatchingUp(environmentId));
    if (projectId === undefined) throw unknownResource('environment', environmentId);
    const place = { projectId, environmentId };
    requireIn(caller.principal, place, 'environment', environmentId);
    return place;
  }

  /** "Unknown" must not mean "not projected yet". */
  private async afterCatchingUp(environmentId: string): Promise<string | undefined> {
    await this.readModels.waitFor('environment-list', await this.store.position());
    return this.projectOf(environmentId);
  }

  private async projectOf(environmentId: string): Promise<string | undefined> {
    const sql = 'SELECT project_id FROM environments WHERE environment_id = $1';
    const [row] = await this.source.query<{ project_id: string }[]>(sql, [environmentId]);
    return row?.project_id;
  }
}
