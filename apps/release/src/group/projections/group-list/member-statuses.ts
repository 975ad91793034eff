import { Injectable } from '@nestjs/common';
import { canonicalStatus } from '@slipway/contracts';
import { ReadModels } from '@slipway/projections-typeorm';
import { DataSource } from 'typeorm';
import type { Statuses } from '../../group.view';
import type { StoredGroup } from './group-list.row';

/** Where the releases of groups are, from their own rows: no earlier than their groups, so that the two do not contradict each other. */
@Injectable()
export class MemberStatuses {
  constructor(
    private readonly source: DataSource,
    private readonly readModels: ReadModels,
  ) {}

  async of(groups: readonly StoredGroup[]): Promise<Statuses> {
    const ids = groups.flatMap(({ draft }) => draft.members.map(({ release_id }) => release_id));
    if (ids.length === 0) return new Map();
    await this.readModels.waitFor('release-list', Math.max(...groups.map(({ read_at }) => read_at)));
    const rows = await this.source.query<{ release_id: string; status: string }[]>(
      'SELECT release_id, status FROM release WHERE release_id = ANY($1)',
      [ids],
    );
    return new Map(rows.map(({ release_id, status }) => [release_id, canonicalStatus(status)]));
  }
}
