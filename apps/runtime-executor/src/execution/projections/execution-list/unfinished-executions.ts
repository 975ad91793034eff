import { Injectable } from '@nestjs/common';
import { SlipwayError, isSlipwayError } from '@slipway/contracts';
import { ReadModels } from '@slipway/projections-typeorm';
import { DataSource } from 'typeorm';
import type { UnfinishedExecution, UnfinishedExecutions } from '../../run/run.ports';
import type { UnfinishedSource } from '../../work/orphan-scan';

const COLUMNS = `execution_id AS "executionId", project_id AS "projectId", release_id AS "releaseId", slot_id AS "slotId", status`;

/** Executions that have not ended, from the read model. */
@Injectable()
export class UnfinishedExecutionList implements UnfinishedExecutions, UnfinishedSource {
  constructor(
    private readonly readModels: ReadModels,
    private readonly source: DataSource,
  ) {}

  /** @throws SlipwayError `dependency_unavailable` while the read model is behind or the database away */
  async startedIn(environmentId: string, upTo: number): Promise<readonly UnfinishedExecution[]> {
    return available(async () => {
      await this.readModels.waitFor('execution-list', upTo);
      return this.rows('started AND environment_id = $1', [environmentId]);
    });
  }

  /** @throws SlipwayError `dependency_unavailable` */
  all(): Promise<readonly UnfinishedExecution[]> {
    return available(() => this.rows('true', []));
  }

  private rows(condition: string, parameters: unknown[]): Promise<UnfinishedExecution[]> {
    return this.source.query(
      `SELECT ${COLUMNS} FROM executions WHERE NOT ended AND ${condition} ORDER BY claimed_at, execution_id`,
      parameters,
    );
  }
}

async function available<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    if (isSlipwayError(cause)) throw cause;
    throw new SlipwayError('dependency_unavailable', 'The list of executions cannot be read right now.', {}, { cause });
  }
}
