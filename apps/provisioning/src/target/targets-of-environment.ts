import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { ReadModels } from '@slipway/projections-typeorm';
import { Repository } from 'typeorm';
import { TargetRow } from './projections/target-list/target-list.row';

/** The targets of an environment as of a stream position. */
@Injectable()
export class TargetsOfEnvironment {
  constructor(
    private readonly readModels: ReadModels,
    @InjectRepository(TargetRow) private readonly rows: Repository<TargetRow>,
  ) {}

  /** @throws SlipwayError `dependency_unavailable` when the read model does not get there in time. */
  async at(environmentId: string, position: number): Promise<readonly Pick<TargetRow, 'targetId' | 'projectId' | 'name'>[]> {
    await this.readModels.waitFor('target-list', position);
    return this.rows.find({ where: { environmentId }, order: { name: 'ASC' } });
  }
}
